import { fullName, type Person } from './model'
import { createdId, firstOf, known, type Provisioning, type Run, userPath } from './run'
import { asObject, ENTERPRISE, PATCH_OP, USER } from './scim-user'

type Json = Record<string, unknown>
type Operation = { op: 'Add' | 'Replace' | 'Remove'; path: string; value?: unknown }

/** Entra's requests about a person: matched by externalId, changed by PATCH alone, flags as text. */
export async function provision(run: Provisioning): Promise<void> {
  const { person } = run
  const found = await firstOf(run, `/Users?filter=${encodeURIComponent(`externalId eq "${person.id}"`)}`)
  if (!found) {
    person.appUserId = createdId(await run.call({ method: 'POST', path: '/Users', body: newEntraUser(person) }))
    return
  }
  person.appUserId = found
  await pushProfile(run)
}

/** Reads the user and patches what differs, `active` with it; nothing when nothing does. */
export async function pushProfile(run: Provisioning): Promise<void> {
  const id = run.person.appUserId
  if (!id) return provision(run)
  const { responseBody } = await known(run, { method: 'GET', path: userPath(id) })
  const operations = changes(asObject(responseBody) ?? {}, run.person)
  if (operations.length > 0) await known(run, { method: 'PATCH', path: userPath(id), body: entraPatch(operations) })
}

/** Blocked, out of scope or soft-deleted: `active` becomes the text "False". */
export async function disable(run: Provisioning): Promise<void> {
  const id = run.person.appUserId
  if (!id) return
  const body = entraPatch([{ op: 'Replace', path: 'active', value: 'False' }])
  await known(run, { method: 'PATCH', path: userPath(id), body })
}

/** Deleted for good, which Entra does thirty days after the soft deletion. */
export async function remove(run: Provisioning): Promise<void> {
  if (run.person.appUserId) await known(run, { method: 'DELETE', path: userPath(run.person.appUserId) })
}

/** Entra's look-up of a group: by name, without its members. */
export const lookUpGroup = (run: Run, name: string): Promise<string | undefined> =>
  firstOf(
    run,
    `/Groups?excludedAttributes=members&filter=${encodeURIComponent(`displayName eq ${JSON.stringify(name)}`)}`,
  )

/** A group as Entra creates it: with its own id, without members. */
export const newEntraGroup = (id: string, displayName: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  externalId: id,
  displayName,
  meta: { resourceType: 'Group' },
})

export const entraRename = (displayName: string): Json =>
  entraPatch([{ op: 'Replace', path: 'displayName', value: displayName }])

/** Who came and who went, by the app's ids. */
export const entraMembers = (added: string[], removed: string[]): Json => {
  const value = (ids: string[]) => ids.map((each) => ({ $ref: null, value: each }))
  return entraPatch([
    ...(removed.length > 0 ? [{ op: 'Remove' as const, path: 'members', value: value(removed) }] : []),
    ...(added.length > 0 ? [{ op: 'Add' as const, path: 'members', value: value(added) }] : []),
  ])
}

const entraPatch = (operations: Operation[]): Json => ({ schemas: [PATCH_OP], Operations: operations })

const newEntraUser = (person: Person): Json => ({
  schemas: [USER, ENTERPRISE],
  externalId: person.id,
  userName: person.login,
  active: true,
  displayName: fullName(person),
  emails: [{ type: 'work', value: person.login }],
  meta: { resourceType: 'User' },
  name: { formatted: fullName(person), familyName: person.lastName, givenName: person.firstName },
  ...(person.title ? { title: person.title } : {}),
  ...(person.roles.length > 0 ? { roles: entraRoles(person) } : {}),
  ...(person.department ? { [ENTERPRISE]: { department: person.department } } : {}),
})

const entraRoles = ({ roles }: Person): Json[] =>
  roles.map((value) => ({ primary: false, type: 'WindowsAzureActiveDirectoryRole', value, display: value }))

function changes(got: Json, person: Person): Operation[] {
  const name = asObject(got.name)
  const emails = Array.isArray(got.emails) ? got.emails.map(asObject) : []
  const texts: [path: string, wanted: string, has: unknown][] = [
    ['userName', person.login, got.userName],
    ['displayName', fullName(person), got.displayName],
    ['emails[type eq "work"].value', person.login, emails.find((each) => each?.type === 'work')?.value],
    ['name.givenName', person.firstName, name?.givenName],
    ['name.familyName', person.lastName, name?.familyName],
    ['title', person.title, got.title],
    [`${ENTERPRISE}:department`, person.department, asObject(got[ENTERPRISE])?.department],
  ]
  const operations = texts.flatMap(([path, wanted, has]): Operation[] => {
    if (wanted === (has ?? '')) return []
    if (wanted === '') return [{ op: 'Remove', path }]
    return [{ op: has === undefined ? 'Add' : 'Replace', path, value: wanted }]
  })
  const active: Operation[] = got.active === true ? [] : [{ op: 'Replace', path: 'active', value: 'True' }]
  return [...active, ...operations, ...roleChanges(got.roles, person)]
}

function roleChanges(got: unknown, person: Person): Operation[] {
  const has = Array.isArray(got) ? got.map((each) => String(asObject(each)?.value)) : []
  if ([...has].sort().join() === [...person.roles].sort().join()) return []
  if (person.roles.length === 0) return [{ op: 'Remove', path: 'roles' }]
  return [{ op: has.length === 0 ? 'Add' : 'Replace', path: 'roles', value: entraRoles(person) }]
}
