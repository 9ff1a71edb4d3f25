import { Sequence } from './sequence'
import { Topic } from './topic'

const draft = 'https://datatracker.ietf.org/doc/draft-kushwaha-scim-tenant-resource/'

/** Confusions about the conversation itself: its direction, its company, its credentials. */
export function CallTopics() {
  return (
    <>
      <Topic
        id="who-calls-whom"
        short="Okta calls, the app answers. The app never asks Okta who works there."
        drawing={
          <Sequence
            label="Who calls whom, in SCIM and in OIDC"
            actors={['Browser', 'Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Rollcall', says: 'SCIM: POST /Users' },
              { from: 'Rollcall', to: 'Okta', says: '201, id 01a2…', tone: 'muted' },
              { from: 'Browser', to: 'Rollcall', says: 'later: let me in', tone: 'ok' },
              { from: 'Rollcall', to: 'Browser', says: 'go to your Okta', tone: 'muted' },
              { from: 'Browser', to: 'Okta', says: 'OIDC: here I am', tone: 'ok' },
              { from: 'Okta', to: 'Browser', says: 'a code for Rollcall', tone: 'muted' },
              { from: 'Browser', to: 'Rollcall', says: 'the code', tone: 'ok' },
            ]}
          />
        }
      >
        <p>
          “Provider” is why this is confusing: Okta is the identity provider, and the SCIM texts call the app the
          service provider. In SCIM Okta is the client and the app is the server, so the app needs an address Okta can
          reach, and a token that Okta shows.
        </p>
        <p>
          In OIDC it is the other way round: the app is the client. It has a client id and a secret from Okta, and
          fetches the ID token itself.
        </p>
      </Topic>

      <Topic
        id="only-your-company"
        short="The token says which company. A GET without a filter returns everybody of that company and nobody else."
        drawing={
          <Sequence
            label="Porter’s token asks for White Rabbit’s Alice"
            actors={['Porter’s Okta', 'Rollcall']}
            messages={[
              { from: 'Porter’s Okta', to: 'Rollcall', says: 'GET /Users, Porter’s token' },
              { from: 'Rollcall', to: 'Porter’s Okta', says: '200, Porter’s people', tone: 'ok' },
              { from: 'Porter’s Okta', to: 'Rollcall', says: 'PATCH /Users/(id of Alice)' },
              { from: 'Rollcall', to: 'Porter’s Okta', says: '404, as for an id nobody has', tone: 'fail' },
            ]}
          />
        }
      >
        <p>
          Every request does carry an input: its credential. Rollcall makes one token for each company; the company is
          read from it, the company in the address has to agree, and the database shows the transaction the rows of that
          company only. Nothing in a body or a filter can name another one.
        </p>
        <p>
          SCIM itself has no companies in it, and what an Okta admin assigns only limits what Okta sends. What may be
          touched is for the app to limit. A first draft at the IETF says so too: it has “a normative tenant-context
          resolution rule built around the highest-precedence authenticated indicator together with a stated
          tenant-binding invariant” (
          <a href={draft} className="text-accent underline underline-offset-2">
            draft-kushwaha-scim-tenant-resource-00
          </a>
          , August 2026).
        </p>
      </Topic>

      <Topic
        id="no-password"
        short="Because Okta keeps it. The app is told who John is, and never how he proves it."
        drawing={
          <Sequence
            label="Where the password goes"
            actors={['John', 'Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Rollcall', says: 'POST /Users: John' },
              { from: 'John', to: 'Okta', says: 'password, second factor', tone: 'ok' },
              { from: 'Okta', to: 'Rollcall', says: 'ID token: it is John' },
            ]}
          />
        }
      >
        <p>
          SCIM has a password field, and Okta fills it with a random text when it creates somebody, even with password
          sync off. Rollcall drops it: no table has a column for one. John’s account is opened by OIDC, through Okta,
          with whatever proof his company asks for.
        </p>
        <p>So a provisioned person can sign in at once, and there is nothing here to leak, forget or reset.</p>
      </Topic>
    </>
  )
}
