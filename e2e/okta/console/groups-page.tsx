/** @jsxImportSource hono/jsx */
import type { Group } from '../model'
import type { Org, Store } from '../store'
import { PushBadges } from './badges'
import type { Flash } from './flash'
import { Shell } from './layout'

type GroupsPageProps = { store: Store; org: Org; flash: Flash | null; draft?: string }

/** The company's groups, and the form for a new one. */
export function GroupsPage({ store, org, flash, draft = '' }: GroupsPageProps) {
  const { slug, name } = org.config
  const { groups } = org.state
  return (
    <Shell store={store} org={org} tab="groups" title="Groups" flash={flash}>
      <div class="heading">
        <h2>Groups</h2>
        <form method="post" action={`/admin/${slug}/groups`} class="inline">
          <input
            name="name"
            value={draft}
            placeholder="New group"
            aria-label="Name of the new group"
            required
            maxlength={200}
          />
          <button class="button" type="submit">
            Add group
          </button>
        </form>
      </div>
      {groups.length === 0 ? (
        <p class="card empty">{name} has no groups yet.</p>
      ) : (
        <div class="card table">
          <table>
            <thead>
              <tr>
                <th scope="col">Group</th>
                <th scope="col">People</th>
                <th scope="col">Push Groups</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <Row key={group.id} slug={slug} group={group} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Shell>
  )
}

function Row({ slug, group }: { slug: string; group: Group }) {
  return (
    <tr>
      <td>
        <a class="who" href={`/admin/${slug}/groups/${group.id}`}>
          {group.name}
        </a>
      </td>
      <td>{group.members.length === 1 ? '1 person' : `${group.members.length} people`}</td>
      <td>
        <PushBadges group={group} />
      </td>
    </tr>
  )
}
