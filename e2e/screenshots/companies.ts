import { createRecoveryLink } from '@/lib/auth/recovery'
import { createLocalUser } from '@/lib/directory/local'
import { createOrg } from '@/lib/orgs/create'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { updateSettings } from '@/lib/orgs/settings'
import { openScim } from '@/lib/orgs/setup-work'
import { appUrl } from '../fixtures'
import { pageList } from '../page-list'
import { activePatch, idOf, scimAt, scimGroup, scimUser } from '../scim-client'

/** Companies in every state an admin may find theirs in, each made by what makes it so. */

type Company = Awaited<ReturnType<typeof makeCompany>>

/** As `npm run org:create` makes one; `link` opens a session of its owner. */
export async function makeCompany(slug: string, name: string) {
  const org = await createOrg(slug, name)
  if (!org) throw new Error(`${slug} is there already`)
  const email = `ann@${slug}.example`
  const owner = { userName: email, displayName: 'Ann Owner', email, manualRole: 'owner' } as const
  const { row } = await createLocalUser(org.orgId, owner, { kind: 'system' })
  const ctx = { org, actor: { kind: 'user', id: row.id, name: row.displayName } as const }
  const linkFor = (userId: string) => createRecoveryLink(org.orgId, userId)
  return { slug, ctx, linkFor, link: await linkFor(row.id) }
}

async function withScim(slug: string, name: string, state: 'active' | 'pending' = 'active') {
  const company = await makeCompany(slug, name)
  const opened = await openScim({ ...company.ctx, guest: false }, state)
  if (!opened.ok) throw new Error(opened.problem)
  const scim = scimAt(`${appUrl}/scim/v2/${slug}`, opened.token)
  const hire = async (login: string, more: object = {}) =>
    idOf(await scim('POST', '/Users', { ...scimUser(login), ...more }))
  return { ...company, scim, hire, token: opened.token }
}

const people = [
  ['Ada', 'Lovelace'],
  ['Grace', 'Hopper'],
  ['Edsger', 'Dijkstra'],
  ['Barbara', 'Liskov'],
  ['Alan', 'Turing'],
].map(([givenName = '', familyName = '']) => (slug: string): [string, object] => {
  return [`${givenName}.${familyName}@${slug}.example`.toLowerCase(), { name: { givenName, familyName } }]
})

const waiting = () => withScim('waiting', 'Waiting Rooms')

/** Whoever Okta sends waits for an admin. */
async function reviewing(): Promise<Company> {
  const company = await withScim('reviewing', 'Careful & Sons', 'pending')
  for (const person of people) await company.hire(...person('reviewing'))
  return company
}

async function paused(): Promise<Company> {
  const company = await withScim('paused', 'Quiet Quarries')
  for (const person of people) await company.hire(...person('paused'))
  await setProvisioningState(company.ctx, 'paused')
  await company.scim('GET', '/Users?startIndex=1&count=2')
  return company
}

/** A brake that has held people back. */
async function braking(): Promise<Company> {
  const company = await withScim('braking', 'Brakes Unlimited')
  const ids: string[] = []
  for (const person of people) ids.push(await company.hire(...person('braking')))
  await updateSettings(company.ctx, { brakeUsers: 2, brakeMinutes: 60 })
  for (const id of ids) await company.scim('PATCH', `/Users/${id}`, activePatch(false))
  return company
}

/** Everything that can be wrong with a connection, at once. */
async function failing(): Promise<Company> {
  const company = await withScim('failing', 'Murphy Ltd.')
  const { scim, hire, token } = company
  const ada = await hire('ada@failing.example', { name: { givenName: 'Ada' } })
  await scim('POST', '/Groups', scimGroup('Everyone', [ada]))
  const wrong = scimAt(`${appUrl}/scim/v2/failing`, token.replace(/.{6}$/, 'xxxxxx'))
  await wrong('GET', '/Users?startIndex=1&count=2')
  await scimAt(`${appUrl}/scim/v2/porter`, token)('GET', '/Users?startIndex=1&count=2')
  await scim('POST', '/Groups', scimGroup('everyone'))
  await scim('PATCH', `/Users/${ada}`, {
    ...activePatch(true),
    Operations: [{ op: 'replace', path: 'shoeSize', value: 44 }],
  })
  await scim('POST', '/Users', { ...scimUser(''), userName: '' })
  for (let i = 0; i < 3; i++) await scim('POST', '/Users', scimUser('ada@failing.example'))
  return company
}

/** What an admin opens to see how things are, in companies where not all is well. */
export const states: [name: string, make: () => Promise<Company>, paths: string[]][] = [
  ['waiting', waiting, ['/admin', '/admin/setup?step=listen', '/admin/events', '/admin/settings/provisioning']],
  [
    'reviewing',
    reviewing,
    ['/admin', '/admin/users/review', '/admin/setup?step=listen', '/admin/settings/provisioning'],
  ],
  ['paused', paused, ['/admin', '/admin/setup?step=listen', '/admin/settings/provisioning']],
  ['braking', braking, ['/admin', '/admin/settings/general', '/admin/events']],
  [
    'failing',
    failing,
    ['/admin', '/admin/setup?step=listen', '/admin/events', '/admin/events?q=status:failed', '/admin/groups'],
  ],
]

/** Every page of an admin that there is before anybody has come. */
export const emptyPaths = [
  ...pageList
    .filter(([path, who]) => who === 'admin' && !/[A-Z]{4,}|nobody|nothing|0000|find=|reads|colour/.test(path))
    .map(([path]) => path.replace('/orgs/porter', '')),
  '/admin/events',
]

const names: [given: string, family: string][] = [
  ['Ada', 'Lovelace'],
  ['נועה', 'כהן'],
  ['محمد', 'عبد الرحمن'],
  ['李', '小龙'],
  ['Þórdís', 'Kolbrún Reykfjörð Gylfadóttir'],
  ['Hubert Blaine', 'Wolfeschlegelsteinhausenbergerdorff-und-Söhne-von-der-Nordseeküste-an-der-Waterkant'],
  ['Zoë', '👩🏽‍🚀 Stern'],
  ['X', 'Æ'],
]
const PEOPLE = 10_050
const GROUPS = 200

/** A large company: more people than are counted, names of every script and length, and one who is in everything. */
export async function large(): Promise<Company & { person: string; group: string }> {
  const company = await withScim('large', 'Very Large Goods')
  const { scim, hire } = company
  const person = await hire('everywhere@large.example', { name: { givenName: 'Evelyn', familyName: 'Everywhere' } })
  const [group = ''] = await each(GROUPS, async (n) => {
    const name = `${n % 10 === 0 ? 'מחלקת ' : 'Department '}${n} ${'of logistics and everything else '.repeat(n % 7)}`
    return idOf(await scim('POST', '/Groups', scimGroup(name.trim(), [person])))
  })
  await each(PEOPLE, (n) => {
    const [givenName, familyName] = names[n % names.length] ?? ['', '']
    return hire(`person.${n}@large.example`, {
      name: { givenName, familyName: `${familyName} ${n}` },
      active: n % 9 !== 0,
    })
  })
  return { ...company, person, group }
}

/** So many of the same, sixteen at a time. */
async function each<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  let next = 0
  const work = async () => {
    for (let n = next++; n < count; n = next++) made.push(await make(n))
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return made
}
