import { Sequence } from './sequence'
import { Topic } from './topic'

/** Confusions about what Okta sends, when, and how. */
export function SendingTopics() {
  return (
    <>
      <Topic
        id="assignments-and-push-groups"
        short="Assignments give people an account. Push Groups tell the app who belongs together."
        drawing={
          <Sequence
            label="Assigning a person, and pushing a group"
            actors={['Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Rollcall', says: 'Assign John: POST /Users', tone: 'ok' },
              { from: 'Okta', to: 'Rollcall', says: 'Push “Depot”: POST /Groups' },
              { from: 'Okta', to: 'Rollcall', says: 'its members: PATCH /Groups/{id}' },
            ]}
          />
        }
      >
        <p>
          A pushed group can only hold people who are assigned: for the others there is no account to name. Okta asks
          you not to use one and the same group for both, since its members could be pushed before they exist.
        </p>
        <p>
          In Rollcall a group grants nothing by its name. An admin maps it to a role, sees beforehand who would gain
          what, and from then on joining the group in Okta is the promotion.
        </p>
      </Topic>

      <Topic
        id="import-and-push"
        short="Push goes from Okta to the app. Import is Okta reading the app’s list, to match who is there already."
        drawing={
          <Sequence
            label="Import and push"
            actors={['Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Rollcall', says: 'Import: GET /Users' },
              { from: 'Rollcall', to: 'Okta', says: 'the company’s people', tone: 'muted' },
              { from: 'Okta', to: 'Rollcall', says: 'Push: POST, PUT, PATCH', tone: 'ok' },
            ]}
          />
        }
      >
        <p>
          Both are started by Okta. An import changes nothing here; in Okta an admin confirms which account belongs to
          which person. Do it once, before the first push, when people already have accounts: then they are linked and
          not made twice.
        </p>
      </Topic>

      <Topic
        id="put-and-patch"
        short="It depends on how the app was added in Okta. An app has to take both."
        drawing={
          <Sequence
            label="The same leaving, from two kinds of app in Okta"
            actors={['Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Rollcall', says: 'from the catalogue: PATCH active false' },
              { from: 'Okta', to: 'Rollcall', says: 'from the wizard: PUT, all of John, active false' },
            ]}
          />
        }
      >
        <p>
          PATCH lists changes. PUT is the whole person, so what is missing in it is gone. Okta reads before it puts, and
          sends back the fields it knows. Profile changes are PUT for both kinds; catalogue apps use PATCH to activate,
          deactivate and for groups.
        </p>
        <p>Rollcall works out the same next state from either, and the log shows the fields that changed.</p>
      </Topic>

      <Topic
        id="re-sync"
        short="Because it sends changes, not states. What it believes it sent it does not send again."
        drawing={
          <Sequence
            label="A change made in the app behind Okta’s back"
            actors={['Okta', 'Rollcall']}
            messages={[
              { from: 'Okta', to: 'Rollcall', says: 'John’s title changes: PUT', tone: 'ok' },
              { from: 'Rollcall', to: 'Rollcall', says: 'somebody edits John by hand', tone: 'fail' },
              { from: 'Okta', to: 'Okta', says: 'nothing changed in Okta: no request', tone: 'muted' },
            ]}
          />
        }
      >
        <p>
          So two lists that differ stay different until somebody touches the person in Okta, retries the failed task, or
          runs an import. That is why Rollcall refuses local edits of what Okta manages, and answers a failed request
          with a sentence the Okta admin reads under Tasks.
        </p>
        <p>
          Switching provisioning on late has the same effect: people assigned before are not sent. Assign them again.
        </p>
      </Topic>
    </>
  )
}
