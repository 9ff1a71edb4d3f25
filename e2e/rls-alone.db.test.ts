import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { forget, openBlind, openSeeing, withForgetful, withoutRowSecurity } from '@/db/test-blind'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { saveEntitlement } from '@/lib/directory/entitlement-catalogue'
import { saveMapping } from '@/lib/directory/role-mappings'
import { createGroup, deleteGroup, patchGroup, replaceGroup } from '@/lib/directory/scim-groups'
import { createUser, deleteUser, patchUser, replaceUser, type ScimWrite } from '@/lib/directory/scim-users'
import { setRole } from '@/lib/directory/set-role'
import { listEvents } from '@/lib/events/query'
import { addTiming, flushEvents } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import { declarations } from '../scripts/house/doors'
import { listFiles, readText } from '../scripts/house/files'
import { QUESTIONS, type Theirs } from './rls-alone-cases'

/**
 * The app compares org_id in every statement, and Postgres does so again. Here the app's comparisons are taken out of
 * every statement on its way to the database, so that only row-level security is left; and then row-level security is
 * taken away as well, to see that the first half tested something.
 */
let porter: TestOrg
let theirs: Theirs
let words: string[]
/** What each question was answered: as the app asks it, by row-level security alone, and by neither. */
const answers = {
  both: new Map<string, string>(),
  alone: new Map<string, string>(),
  neither: new Map<string, string>(),
}
/** The statements of each question that lost a comparison. */
const blind = new Map<string, string[]>()
/** What one function of the database answers (db/find-user.ts): its comparisons are taken out of the function. */
const BY_FUNCTION = 'directory/scim-read getUser'
let lostInFunction = 0

const writeOf = (org: TestOrg): Omit<ScimWrite, 'respond'> => ({
  org,
  actor: { kind: 'okta', tokenId: 't' },
  options: { mode: 'okta' },
})

/** One company with somebody of every kind. */
async function fill(org: TestOrg, name: string): Promise<Theirs> {
  const userName = `${name.toLowerCase()}@${org.domain}`
  const externalId = `00u${name}`
  const groupName = `Friends-of-${name}`
  const { row } = await createUser(writeOf(org), {
    userName,
    externalId,
    displayName: name,
    emails: [{ value: userName }],
  })
  await createUser(
    { ...writeOf(org), pending: true },
    { userName: `held-${name.toLowerCase()}@elsewhere.example`, displayName: `Held ${name}` },
  )
  const members = [{ value: row.id }]
  const group = await createGroup(writeOf(org), { displayName: groupName, members })
  const context = { org, actor: { kind: 'system' } as const }
  await saveMapping(context, group.row.id, 'manager')
  await saveEntitlement(context, { value: groupName, displayName: groupName, type: null, description: null }, 'add')
  await setRole({ ...context, actorRole: 'owner' }, row.id, 'owner')
  const { events } = await listEvents(org.orgId, { targetId: row.id })
  const event = events[0]?.id ?? ''
  addTiming(org.orgId, event, 'total', 4321)
  await flushEvents()
  return { user: row.id, group: group.row.id, event, name, userName, externalId, groupName }
}

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  const rabbit = await makeTestOrg('White Rabbit')
  await fill(porter, 'Ambrose')
  theirs = await fill(rabbit, 'Hatter')
  const { user, group, event, name } = theirs
  words = [user, group, event, event.replaceAll('-', ''), name, name.toLowerCase(), rabbit.orgId, rabbit.slug, '4321']
  await askAll(answers.both)
  const ownerUrl = process.env.DATABASE_OWNER_URL ?? ''
  lostInFunction = await withForgetful(ownerUrl, 'find_user', async () => {
    const seen = openBlind()
    await askAll(answers.alone, (question) => blind.set(question, seen.splice(0)))
    await withoutRowSecurity(ownerUrl, async () => {
      openBlind(ownerUrl)
      await askAll(answers.neither)
    })
  })
  openSeeing()
})
afterAll(shutdown)

async function askAll(into: Map<string, string>, then?: (question: string) => void) {
  for (const question of Object.keys(QUESTIONS)) {
    into.set(question, await answerTo(question))
    then?.(question)
  }
}

/** What a question is answered, as text; a refusal is an answer. */
async function answerTo(question: string): Promise<string> {
  try {
    const answer: unknown = await QUESTIONS[question]?.(porter, theirs)
    return JSON.stringify(answer, (_, value: unknown) => (value instanceof Map ? [...value] : value)) ?? 'nothing'
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : 'no error'}`
  }
}

/** What of the other company an answer names. */
const told = (answer: string) => words.filter((word) => answer.includes(word))

/** Answers that repeat what was asked for, such as a 404. */
const ECHOES = [
  'directory/catalogue getCatalogueEntry',
  'directory/import-users planImport',
  'directory/scim-read getUser',
  'directory/scim-read getGroup',
]
/** The names of verified domains are anybody's to read (DESIGN §5): sign-in finds companies by them. */
const NAMES_DOMAINS = 'directory/domain-people previewReleases'

const inEvents = (each: string) => `events/${each}`

/** Writes: what they read they ask by the questions above, and functions of the database that enter their own company write it. */
const WRITES = [
  'entitlement-catalogue saveEntitlement',
  'entitlement-catalogue removeEntitlement',
  'export-users recordExport',
  'held-people letIn',
  'held-people letInAll',
  'import-users applyImport',
  'jit createJitUser',
  'local createLocalUser',
  ...['addPerson', 'editPerson', 'deactivatePerson', 'reactivatePerson', 'deletePerson'].map(
    (x) => `manage-users ${x}`,
  ),
  'org-roles setOrgRoles',
  ...['lockRules', 'changeRoles', 'recordRoles'].map((x) => `role-changes ${x}`),
  'role-mappings saveMapping',
  ...['createGroup', 'replaceGroup', 'patchGroup', 'deleteGroup'].map((x) => `scim-groups ${x}`),
  ...['createUser', 'replaceUser', 'patchUser', 'deleteUser'].map((x) => `scim-users ${x}`),
  'set-role setRole',
  'write-user writeUser',
].map((each) => `directory/${each}`)
const EVENT_WRITES = [
  'hours rollUp',
  ...['recordEvent', 'recordIn', 'recordPreparedIn', 'recordRead'].map((x) => `record ${x}`),
  ...['recordRefusedToken', 'recordThrottled', 'addTiming', 'flushEvents'].map((x) => `record ${x}`),
].map((each) => `events/${each}`)

/** What asks the database nothing, or only through what is above. */
const NEITHER = [
  // The names of verified domains, which are anybody's to read.
  'directory/domain-policy askDomainPolicy',
  // One function of the database, which getUser above asks by (db/find-user.ts).
  'directory/write-user findQuickly',
  // Says what a decision rests on, of what was read already.
  'directory/group-roles noRoles',
  // Parts of the lists of directory/scim-read, and of every question that reads people with their roles.
  'directory/scim-list listPage',
  'directory/role-sources mappedGroups',
  ...[
    'catalogue pageInMemory',
    'count-users COUNTED_TO',
    'domain-policy outsideOf',
    'domain-policy asksPolicy',
    'domain-policy judgePolicy',
    'role-sources anyOf',
  ],
  ...['entitlement-catalogue entitlementSchema', 'person-history originOf', 'person-moment parseMoment'],
  ...['person resourceOf', 'scim-groups noSuchGroup'],
  ...['group groupResourceOf', 'list-groups mappingOf', 'role-changes asSeen', 'role-changes keyOfMoves'],
  ...['decideRoles', 'withGroup', 'movesOf'].map((x) => `role-sources ${x}`),
  ...['noSuchUser', 'mentions'].map((x) => `scim-users ${x}`),
]
  .map((each) => (each.includes('/') ? each : `directory/${each}`))
  .concat(
    [
      'export csvOf',
      'facets EXACT',
      'histogram rolledUp',
      'histogram toHistogram',
      'hours HOUR',
      'hours SETTLE_MS',
    ].map(inEvents),
    ['hours lastSettled', 'query toView', 'query readEvents', 'stream subscribers'].map(inEvents),
  )

/** Files that only build parts of statements, or keep things in memory. */
const QUIET = [
  'directory/filter-sources',
  'directory/list-users-query',
  'directory/user-state',
  'events/select',
].concat(['batcher', 'minute-window', 'stream-slots', 'wake'].map(inEvents))

describe('which questions there are', () => {
  const short = (path: string) => path.replace(/^lib\//, '').replace(/\.ts$/, '')
  const files = listFiles().filter(
    (path) => /^lib\/(directory|events)\/[^/]+\.ts$/.test(path) && !/\.test\.ts$/.test(path),
  )
  const reaching = files.filter((path) => /\borgId\b|\btx\b/.test(readText(path)) && !QUIET.includes(short(path)))
  const exported = reaching.flatMap((path) =>
    declarations(readText(path))
      .filter((each) => each.exported)
      .map(({ name }) => `${short(path)} ${name}`),
  )

  it('every exported function of a file that reaches the database is a question, a write or neither, with its reason', () => {
    expect([...Object.keys(QUESTIONS), ...WRITES, ...EVENT_WRITES, ...NEITHER].sort()).toEqual(exported.sort())
  })
})

describe('the statements', () => {
  test.each([
    ['"users"."org_id" = $1 and x', '($1::uuid is not null) and x'],
    ['where u.org_id = $12::uuid', 'where ($12::uuid is not null)'],
    ['on ("groups"."org_id" = "users"."org_id" and y)', 'on (true and y)'],
    ['where m.org_id = "users"."org_id"', 'where true'],
    ['where org_id = $3::uuid and id < $4', 'where ($3::uuid is not null) and id < $4'],
    ['select "org_id" from orgs', 'select "org_id" from orgs'],
  ])('%s', (statement, forgetful) => {
    expect(forget(statement)).toBe(forgetful)
  })
})

describe('without the app’s own check', () => {
  test.each(Object.keys(QUESTIONS).filter((each) => each !== NAMES_DOMAINS))(
    'row-level security alone answers %s as both do',
    (question) => {
      const alone = answers.alone.get(question) ?? ''
      expect(alone).toBe(answers.both.get(question))
      if (!ECHOES.includes(question)) expect(told(alone)).toEqual([])
      const statements = blind.get(question) ?? []
      expect(question === BY_FUNCTION ? lostInFunction : statements.length).toBeGreaterThan(0)
      expect(statements.filter((each) => /org_id"?\s*=/.test(each))).toEqual([])
    },
  )

  test('row-level security alone counts nobody of the other company under its domain', () => {
    const alone: [string, object][] = JSON.parse(answers.alone.get(NAMES_DOMAINS) ?? '[]')
    const both: [string, object][] = JSON.parse(answers.both.get(NAMES_DOMAINS) ?? '[]')
    expect(both).toHaveLength(1)
    for (const [domain, use] of alone)
      expect(use).toEqual(Object.fromEntries(both)[domain] ?? { people: 0, linkedByAddress: 0 })
  })

  test('nothing of the other company is changed: its ids are nobody’s', async () => {
    openBlind()
    const { user, group } = theirs
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    const off = { schemas, Operations: [{ op: 'replace', value: { active: false } }] }
    const rename = { schemas, Operations: [{ op: 'replace', value: { displayName: 'Taken over' } }] }
    const w = writeOf(porter)
    for (const attempt of [
      () => patchUser(w, user, off),
      () => replaceUser(w, user, { userName: 'taken@over.example' }),
      () => deleteUser(w, user),
      () => patchGroup(w, group, rename),
      () => replaceGroup(w, group, { displayName: 'Taken over' }),
      () => deleteGroup(w, group),
    ])
      await expect(attempt()).rejects.toMatchObject({ status: 404 })
    const ctx = { org: porter, actor: { kind: 'system' } as const }
    expect(await setRole({ ...ctx, actorRole: 'owner' }, user, 'owner')).toMatchObject({ ok: false, why: 'missing' })
    expect(await saveMapping(ctx, group, 'admin')).toMatchObject({ ok: false, why: 'missing' })
    openSeeing()
  })
})

test.each(Object.keys(QUESTIONS))(
  'with row-level security away as well, %s does give the other company away',
  (question) => {
    expect(answers.neither.get(question)).not.toBe(answers.both.get(question))
  },
)
