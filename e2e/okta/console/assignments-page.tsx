/** @jsxImportSource hono/jsx */
import { fullName } from '../model'
import type { Org, Store } from '../store'
import { AppShell } from './app-layout'
import { StatusBadges } from './badges'
import { PostButton } from './button'
import type { Flash } from './flash'
import { RequestList } from './log'

type AppPageProps = { store: Store; org: Org; flash: Flash | null }

/** Who has the app: people by themselves or by a group, and the groups. */
export function AssignmentsPage({ store, org, flash }: AppPageProps) {
  const { config, state } = org
  const base = `/admin/${config.slug}`
  const people = state.people.filter(({ assigned }) => assigned)
  const groups = state.groups.filter(({ assigned }) => assigned)
  const fresh = state.log.filter(({ id }) => flash?.requests?.includes(id))
  return (
    <AppShell store={store} org={org} tab="assignments" flash={flash}>
      <div class="columns">
        <AssignForm
          action={`${base}/app/assign-person`}
          label="Assign to people"
          choices={state.people
            .filter(({ assigned, status }) => !assigned && status !== 'deactivated')
            .map((person) => [person.id, `${fullName(person)} (${person.login})`])}
          none="Everybody who is not deactivated is assigned."
        />
        <AssignForm
          action={`${base}/app/assign-group`}
          label="Assign to groups"
          choices={state.groups.filter(({ assigned }) => !assigned).map(({ id, name }) => [id, name])}
          none={state.groups.length > 0 ? 'Every group is assigned.' : 'There are no groups yet.'}
        />
      </div>
      {fresh.length > 0 ? <RequestList org={org} entries={fresh} fresh={flash?.requests} /> : null}
      <h3>Groups</h3>
      {groups.length === 0 ? (
        <p class="card empty">No group is assigned.</p>
      ) : (
        <div class="card table">
          <table>
            <thead>
              <tr>
                <th scope="col">Group</th>
                <th scope="col">People</th>
                <th scope="col">Action</th>
              </tr>
            </thead>
            <tbody>
              {groups.map(({ id, name, members }) => (
                <tr key={id}>
                  <td>
                    <a class="who" href={`${base}/groups/${id}`}>
                      {name}
                    </a>
                  </td>
                  <td>{members.length === 1 ? '1 person' : `${members.length} people`}</td>
                  <td>
                    <PostButton
                      action={`${base}/groups/${id}/unassign`}
                      text="Unassign"
                      label={`Unassign ${name}`}
                      kind="plain"
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h3>People</h3>
      {people.length === 0 ? (
        <p class="card empty">Nobody is assigned.</p>
      ) : (
        <div class="card table">
          <table>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Type</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr key={person.id}>
                  <td>
                    <a class="who" href={`${base}/people/${person.id}`}>
                      {fullName(person)}
                    </a>
                    <span class="quiet">{person.login}</span>
                  </td>
                  <td>{person.assignedBy === 'group' ? 'Group' : 'Individual'}</td>
                  <td>
                    <StatusBadges person={person} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </AppShell>
  )
}

type AssignFormProps = { action: string; label: string; choices: [id: string, text: string][]; none: string }

function AssignForm({ action, label, choices, none }: AssignFormProps) {
  return (
    <section class="card" aria-label={label}>
      <h3>{label}</h3>
      {choices.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <form method="post" action={action} class="inline">
          <select name="id" aria-label={label}>
            {choices.map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
          <button class="button" type="submit" aria-label={`${label}: assign`}>
            Assign
          </button>
        </form>
      )}
    </section>
  )
}
