/** @jsxImportSource hono/jsx */
import { fullName, type Imported } from '../model'
import type { Org, Store } from '../store'
import { AppShell } from './app-layout'
import { PostButton } from './button'
import type { Flash } from './flash'
import { RequestList } from './log'

const MATCH: Record<Imported['match'], [text: string, tone: string, note: string]> = {
  linked: ['Linked', 'badge-good', 'Okta knows this user by id.'],
  match: ['Match', 'badge-blue', 'Somebody here has this login. Confirm to link the two.'],
  new: ['New', 'badge-warn', 'Only in Rollcall. Confirm to add the person to Okta.'],
  inactive: ['Inactive', '', 'Okta imports active users only.'],
}

/** Import: what Rollcall has, next to what Okta has; nothing changes until it is confirmed. */
export function ImportPage({ store, org, flash }: { store: Store; org: Org; flash: Flash | null }) {
  const { config, state } = org
  const base = `/admin/${config.slug}/app/import`
  const found = state.import
  const missing = state.people.filter(({ id }) => found?.missing.includes(id))
  const sent = state.log.filter(({ action }) => action === 'import').slice(0, 10)
  const offers = found?.users.some(({ match }) => match === 'match' || match === 'new')
  return (
    <AppShell store={store} org={org} tab="import" flash={flash}>
      <div class="heading">
        <h3>{found ? `Imported ${new Date(found.at).toTimeString().slice(0, 8)}` : 'Nothing imported yet'}</h3>
        <PostButton action={base} text="Import now" />
      </div>
      <p class="lead">
        Import goes from Rollcall to Okta: it reads users page by page. Push, the other way, is what assignments do.
      </p>
      {missing.length > 0 ? (
        <p class="flash flash-warn">Okta thinks Rollcall has them, it has not: {missing.map(fullName).join(', ')}.</p>
      ) : null}
      {found && found.users.length > 0 ? (
        <form method="post" action={`${base}/confirm`} class="stack">
          <div class="card table">
            <table>
              <thead>
                <tr>
                  <th scope="col">User in Rollcall</th>
                  <th scope="col">Match</th>
                </tr>
              </thead>
              <tbody>
                {found.users.map((user) => (
                  <Row key={user.appUserId} user={user} />
                ))}
              </tbody>
            </table>
          </div>
          {offers ? (
            <button class="button" type="submit">
              Confirm selected
            </button>
          ) : null}
        </form>
      ) : null}
      {found && found.users.length === 0 ? <p class="card empty">Rollcall has no users for this company.</p> : null}
      <h3>What Okta sent</h3>
      <RequestList org={org} entries={sent} fresh={flash?.requests} />
    </AppShell>
  )
}

function Row({ user: { appUserId, displayName, userName, match } }: { user: Imported }) {
  const [text, tone, note] = MATCH[match]
  const offered = match === 'match' || match === 'new'
  const name = (
    <>
      <strong>{displayName}</strong>
      <span class="quiet">{userName}</span>
    </>
  )
  return (
    <tr>
      <td>
        {offered ? (
          <label class="check">
            <input type="checkbox" name="id" value={appUserId} /> <span>{name}</span>
          </label>
        ) : (
          name
        )}
      </td>
      <td>
        <span class={`badge ${tone}`}>{text}</span>
        <span class="quiet">{note}</span>
      </td>
    </tr>
  )
}
