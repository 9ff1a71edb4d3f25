import { OktaError, ProvisioningError } from './errors'
import { newUserId } from './ids'
import { type Exchange, fullName, type Imported, loginSchema, type Person } from './model'
import { startRun } from './run'
import { asObject } from './scim-user'
import { logEvent, type Org, personByLogin, type Store } from './store'

const PAGE = 100

/** What an import found and sent; `error` when the app did not answer as it should. */
export type ImportOutcome = { import: Org['state']['import'] | null; requests: Exchange[]; error?: string }

/** "Import Now": reads every user page by page and says who is linked, matches, is new, or inactive. Changes nobody. */
export async function importUsers(store: Store, org: Org, pageSize = PAGE): Promise<ImportOutcome> {
  const run = startRun(store, org, { action: 'import' })
  try {
    const users: Imported[] = []
    for (let startIndex = 1, total = 1; startIndex <= total; ) {
      const path = `/Users?startIndex=${startIndex}&count=${pageSize}`
      const list = asObject((await run.call({ method: 'GET', path })).responseBody)
      const found = Array.isArray(list?.Resources) ? list.Resources : []
      if (typeof list?.totalResults !== 'number') throw new ProvisioningError('the answer is no SCIM list.')
      users.push(...found.flatMap((each) => matched(org, asObject(each))))
      total = list.totalResults
      // A page that came back empty ends it: an app that shrank meanwhile must not be asked for ever.
      if (found.length === 0) break
      startIndex += found.length
    }
    const seen = new Set(users.map(({ appUserId }) => appUserId))
    const gone = org.state.people.filter(({ appUserId }) => appUserId && !seen.has(appUserId))
    org.state.import = { at: new Date().toISOString(), users, missing: gone.map(({ id }) => id) }
    store.save()
    return { import: org.state.import, requests: run.requests }
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error
    return { import: null, requests: run.requests, error: `Import from Rollcall failed: ${error.message}` }
  }
}

/**
 * "Confirm Assignments" of the last import: a match is linked, somebody new becomes a person here. Sends nothing. 404 for
 * an id the import does not offer.
 */
export function confirmImport(store: Store, org: Org, appUserIds: string[]): Person[] {
  const offered = new Map(org.state.import?.users.map((user) => [user.appUserId, user]))
  const chosen = appUserIds.map((id) => {
    const user = offered.get(id)
    if (user?.match === 'match' || user?.match === 'new') return user
    throw new OktaError(404, `The last import has nobody ${id} to confirm.`)
  })
  return chosen.map((user) => {
    const person = personByLogin(org, user.userName) ?? importedPerson(org, user)
    Object.assign(person, { assigned: true, appUserId: user.appUserId })
    Object.assign(user, { match: 'linked', personId: person.id })
    logEvent(org, 'application.user_membership.add', `${fullName(person)} came by import`, { personId: person.id })
    store.save()
    return person
  })
}

function matched(org: Org, user: Record<string, unknown> | null): Imported[] {
  if (typeof user?.id !== 'string' || typeof user.userName !== 'string') return []
  const { id, userName, externalId } = user
  const byId = org.state.people.find((person) => person.appUserId === id || person.id === externalId)
  const person = byId ?? personByLogin(org, userName)
  const active = user.active !== false
  const name = typeof user.displayName === 'string' ? user.displayName : userName
  const linked = byId?.appUserId === id
  const match = linked ? 'linked' : !active ? 'inactive' : person ? 'match' : 'new'
  return [{ appUserId: id, userName, displayName: name, active, match, ...(person ? { personId: person.id } : {}) }]
}

function importedPerson(org: Org, { userName, displayName }: Imported): Person {
  const login = loginSchema.safeParse(userName)
  if (!login.success)
    throw new OktaError(409, `"${userName}" cannot be a login in Okta: ${login.error.issues[0]?.message}`)
  const [firstName = '', ...rest] = displayName.split(' ')
  const now = new Date().toISOString()
  const person: Person = {
    id: newUserId(),
    firstName: firstName || userName,
    lastName: rest.join(' ') || '-',
    login: login.data,
    title: '',
    department: '',
    roles: [],
    status: 'active',
    assigned: true,
    createdAt: now,
    updatedAt: now,
  }
  org.state.people.push(person)
  return person
}
