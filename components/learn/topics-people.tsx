import { Sequence } from './sequence'
import { Topic } from './topic'
import { learnHref } from './topics'

const ids: [name: string, givenBy: string, example: string, changes: string][] = [
  ['id', 'Rollcall', '0199a1c2-…', 'Never. Okta keeps it and uses it in every later address.'],
  ['externalId', 'Okta, over SCIM', '00u1b2c3…', 'Only when another Okta user takes the account over.'],
  ['sub', 'Okta, in the ID token', '00u1b2c3…', 'Never, at one issuer. It is the same text as externalId.'],
  [
    'userName',
    'the company',
    'john.doe@porter.example',
    'Yes: people marry, domains move, addresses are given out again.',
  ],
]

/** Confusions about one person: which name is theirs, and what is left when they go. */
export function PeopleTopics() {
  return (
    <>
      <Topic
        id="ids"
        short="Each has another giver. Rollcall recognises John at the door because sub equals externalId."
        drawing={
          <dl className="divide-y divide-border rounded-md border border-border bg-canvas">
            {ids.map(([name, givenBy, example, changes]) => (
              <div key={name} className="grid gap-x-4 px-3 py-2 sm:grid-cols-[7rem_10rem_minmax(0,1fr)]">
                <dt className="font-mono font-medium">{name}</dt>
                <dd className="text-muted">{givenBy}</dd>
                <dd>
                  <span className="block font-mono text-xs">{example}</span>
                  <span className="text-muted">{changes}</span>
                </dd>
              </div>
            ))}
          </dl>
        }
      >
        <p>
          Never recognise people by e-mail address alone: it is the one of the four that can pass to somebody else.
          Rollcall uses it once, on a domain the company has proved to be its own, and only for a person no Okta user
          has claimed yet. When Okta sends a new externalId for an account, the link is cut and its sessions end.
        </p>
      </Topic>

      <Topic
        id="suspend-deactivate-delete"
        short="Suspend: nothing. Deactivate: active is false. Delete: from Okta, nothing more."
        drawing={
          <Sequence
            label="What Okta sends when a person is suspended, deactivated and deleted"
            actors={['Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Okta', says: 'Suspend: no request', tone: 'muted' },
              { from: 'Okta', to: 'Rollcall', says: 'Deactivate, or unassign: active false', tone: 'fail' },
              { from: 'Okta', to: 'Okta', says: 'Delete (only after deactivating): no request', tone: 'muted' },
              { from: 'Okta', to: 'Rollcall', says: 'Activate and assign: active true', tone: 'ok' },
            ]}
          />
        }
      >
        <p>
          A suspended person cannot sign in at Okta, but a browser already signed in to an app stays so. To end it, use
          Clear user sessions (Universal Logout), or deactivate.
        </p>
        <p>
          Okta never sends DELETE for a person. Other clients do; then the account is gone for SCIM, its user name is
          free, and its history stays in the log.
        </p>
      </Topic>

      <Topic id="still-listed" short="Yes. Deactivated means the door is shut, not that John was never here.">
        <p>
          His tasks, his history and his id stay, so that a colleague can take the work over and so that John, if he
          returns, is the same John. Rollcall lists active people first, and everybody under All. Over SCIM he is still
          in GET /Users with active false: Okta needs to see him there, or it would create him twice.
        </p>
      </Topic>

      <Topic
        id="sso-off"
        short="No. It shuts the front door for the next sign-in. Who is inside stays inside."
        drawing={
          <Sequence
            label="Sign-in is switched off; the open session goes on"
            actors={['John', 'Rollcall', 'Okta']}
            messages={[
              { from: 'Okta', to: 'Okta', says: 'the app’s sign-in is taken away', tone: 'muted' },
              { from: 'John', to: 'Rollcall', says: 'next page, with his session' },
              { from: 'Rollcall', to: 'John', says: '200: nobody has said otherwise', tone: 'fail' },
              { from: 'Okta', to: 'Rollcall', says: 'SCIM: active false' },
              { from: 'John', to: 'Rollcall', says: 'the next page, same session' },
              { from: 'Rollcall', to: 'John', says: 'session ended', tone: 'ok' },
            ]}
          />
        }
      >
        <p>
          A session is the app’s own. It lives until it runs out, or until the app is told. SCIM’s deactivation and
          Universal Logout are the two ways Okta tells it. The same holds for API keys an app gives out: see that they
          end with the account.
        </p>
        <p>
          See also{' '}
          <a
            href={learnHref('suspend-deactivate-delete').slice('/learn'.length)}
            className="text-accent underline underline-offset-2"
          >
            suspend, deactivate, delete
          </a>
          .
        </p>
      </Topic>
    </>
  )
}
