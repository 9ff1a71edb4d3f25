/** @jsxImportSource hono/jsx */
import type { Group } from '../model'
import type { Org, Store } from '../store'
import { AppShell } from './app-layout'
import { PushBadges } from './badges'
import { PostButton } from './button'
import type { Flash } from './flash'
import { RequestList } from './log'

/** Push Groups: find a group by name and push it; what is pushed, and what can be done about it. */
export function PushGroupsPage({ store, org, flash }: { store: Store; org: Org; flash: Flash | null }) {
  const { config, state } = org
  const base = `/admin/${config.slug}`
  const pushed = state.groups.filter(({ push }) => push !== 'off')
  const others = state.groups.filter(({ push }) => push === 'off')
  const fresh = state.log.filter(({ id }) => flash?.requests?.includes(id))
  return (
    <AppShell store={store} org={org} tab="push-groups" flash={flash}>
      <section class="card" aria-labelledby="by-name">
        <h3 id="by-name">Push a group by name</h3>
        {others.length === 0 ? (
          <p class="quiet">{pushed.length > 0 ? 'Every group is pushed.' : 'There are no groups yet.'}</p>
        ) : (
          <form method="post" action={`${base}/app/push-group`} class="inline">
            <input name="name" list="groups" aria-label="Group name" placeholder="Group name" required />
            <datalist id="groups">
              {others.map(({ id, name }) => (
                <option key={id} value={name} />
              ))}
            </datalist>
            <button class="button" type="submit">
              Push group
            </button>
          </form>
        )}
      </section>
      {fresh.length > 0 ? <RequestList org={org} entries={fresh} fresh={flash?.requests} /> : null}
      {pushed.length === 0 ? (
        <p class="card empty">No group is pushed.</p>
      ) : (
        <div class="card table">
          <table>
            <thead>
              <tr>
                <th scope="col">Group in Okta</th>
                <th scope="col">Group in Rollcall</th>
                <th scope="col">Push status</th>
                <th scope="col">Action</th>
              </tr>
            </thead>
            <tbody>
              {pushed.map((group) => (
                <Row key={group.id} base={`${base}/groups/${group.id}`} group={group} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </AppShell>
  )
}

function Row({ base, group }: { base: string; group: Group }) {
  const { name, appGroupId, members, sent } = group
  return (
    <tr>
      <td>
        <a class="who" href={base}>
          {name}
        </a>
        <span class="quiet">{members.length === 1 ? '1 person' : `${members.length} people`}</span>
      </td>
      <td>
        {appGroupId ? <code>{appGroupId}</code> : <span class="quiet">not known</span>}
        <span class="quiet">
          {Object.keys(sent).length === 1 ? '1 member' : `${Object.keys(sent).length} members`} sent
        </span>
      </td>
      <td>
        <PushBadges group={group} />
      </td>
      <td>
        <div class="inline">
          <PostButton action={`${base}/push`} text="Push now" label={`Push now: ${name}`} kind="plain" />
          <PostButton action={`${base}/unlink`} text="Unlink" label={`Unlink: ${name}`} kind="plain" />
          <PostButton
            action={`${base}/delete`}
            text="Unlink and delete"
            label={`Unlink and delete: ${name}`}
            kind="danger"
          />
        </div>
      </td>
    </tr>
  )
}
