import type { TestOrg } from '@/db/test-orgs'
import { send } from '@/lib/scim-api/test/client'
import { fullName, type Group, type Person } from './okta/model'
import type { Org } from './okta/store'

/** One thing that is not in the app as it is in Okta. */
export type Difference = { org: string; what: string; okta: unknown; app: unknown }

type Resource = Record<string, unknown>
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** Compares every mapped attribute and membership of a company's Okta with what its SCIM service lists. */
export async function differences(okta: Org, org: TestOrg): Promise<Difference[]> {
  const users = await listAll(org, '/Users')
  const groups = await listAll(org, '/Groups')
  const people = okta.state.people
  const mine = new Set(people.map(({ id }) => id))
  const found: Difference[] = []
  const compare = (what: string, wanted: unknown, got: unknown) => {
    if (JSON.stringify(wanted) !== JSON.stringify(got)) found.push({ org: org.slug, what, okta: wanted, app: got })
  }
  for (const person of people) {
    const sent = users.filter(({ externalId }) => externalId === person.id)
    compare(`${person.login}: how often`, person.appUserId ? 1 : 0, sent.length)
    if (sent[0]) compareUser(person, sent[0], compare)
  }
  for (const group of okta.state.groups.filter(({ push }) => push === 'on')) {
    compare(`${group.name}: members`, wantedMembers(group, people), membersOf(groups, group, users, mine, people))
  }
  return found
}

function compareUser(person: Person, user: Resource, compare: (what: string, a: unknown, b: unknown) => void): void {
  const { login, status, assigned } = person
  const active = assigned && status !== 'deactivated'
  compare(`${login}: id`, person.appUserId, user.id)
  compare(`${login}: active`, active, user.active)
  // What was edited while nobody was told arrives with the next assignment.
  if (!active) return
  const { givenName, familyName } = Object(user.name)
  compare(`${login}: userName`, login, user.userName)
  compare(`${login}: name`, [person.firstName, person.lastName], [givenName, familyName])
  compare(`${login}: displayName`, fullName(person), user.displayName)
  compare(`${login}: title`, person.title, user.title ?? '')
  compare(`${login}: department`, person.department, Object(user[ENTERPRISE]).department ?? '')
  compare(
    `${login}: roles`,
    person.roles,
    listOf(user.roles).map(({ value }) => value),
  )
  compare(
    `${login}: e-mail`,
    [login],
    listOf(user.emails).map(({ value }) => value),
  )
}

const isActive = ({ assigned, status }: Person) => assigned && status !== 'deactivated'

/** Who of a pushed group Okta would have sent, by Okta id. */
const wantedMembers = (group: Group, people: Person[]): string[] =>
  people.flatMap((person) => (group.members.includes(person.id) && isActive(person) ? [person.id] : [])).sort()

/** Who is in the app's group, by Okta id; people Okta keeps silent about are left out on both sides. */
function membersOf(
  groups: Resource[],
  group: Group,
  users: Resource[],
  mine: Set<string>,
  people: Person[],
): string[] | string {
  const there = groups.find(({ id }) => id === group.appGroupId)
  if (!there) return 'no such group'
  if (there.displayName !== group.name) return `is called ${there.displayName}`
  const silent = new Set(people.filter((person) => !isActive(person)).map(({ id }) => id))
  const ids = listOf(there.members).flatMap(({ value }) => {
    const externalId = users.find(({ id }) => id === value)?.externalId
    return typeof externalId === 'string' ? [externalId] : ['somebody unknown']
  })
  const groupsOfUsers = users.filter((user) => listOf(user.groups).some(({ value }) => value === there.id))
  if (groupsOfUsers.length !== ids.length) return `${ids.length} members, but ${groupsOfUsers.length} users name it`
  return ids.filter((id) => mine.has(id) && !silent.has(id)).sort()
}

const listOf = (value: unknown): Resource[] => (Array.isArray(value) ? value : [])

async function listAll(org: TestOrg, path: string): Promise<Resource[]> {
  const all: Resource[] = []
  for (;;) {
    const { status, body } = await send(org, 'GET', `${path}?startIndex=${all.length + 1}&count=200`)
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`)
    const page = listOf(body.Resources)
    all.push(...page)
    if (page.length === 0 || all.length >= Number(body.totalResults)) return all
  }
}
