import { parse, parsePlPgSQL } from 'libpg-query'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breaches } from '@/db/test-org-rule'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { saveMapping } from '@/lib/directory/role-mappings'
import { setRole } from '@/lib/directory/set-role'
import { flushEvents } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import { oktaUser, send, setActive } from '@/lib/scim-api/test/client'
import { addMembers, makePeople, patchOf } from '@/lib/scim-api/test/people'
import { listFiles, readText } from '../scripts/house/files'
import { NOT_ASKED, OTHERS } from './org-rule-cases'
import { QUESTIONS, type Theirs } from './rls-alone-cases'

/** Where tables are one day distributed by org_id, each statement has to find its one machine (DISTRIBUTED §4, §6). */
let porter: TestOrg
let asked: Theirs
let rule: { tables: string[]; functions: string[] }
let statements: ReturnType<typeof watchDatabase>['statements']

const owner = postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 1 })
/** Globally unique, a copy on every machine. */
const GLOBAL = ['org_slugs', 'domains']

beforeAll(async () => {
  const [tables, functions] = await Promise.all([
    owner<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> all(${GLOBAL})`,
    owner<{ name: string }[]>`
      select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace
        and proargnames[1] = 'p_org'`,
  ])
  rule = { tables: tables.map(({ name }) => name), functions: functions.map(({ name }) => name) }
  porter = await makeTestOrg('Porter')
  const [user = ''] = await makePeople(porter, 1)
  const group = String((await send(porter, 'POST', '/Groups', { displayName: 'Sales' })).body.id)
  await flushEvents()
  asked = { user, group, event: user, name: 'John', userName: 'x', externalId: 'x', groupName: 'Sales' }
  statements = watchDatabase().statements
})
afterAll(() => Promise.all([shutdown(), owner.end()]))

const broken = async (sent: string[]) => {
  const found = await Promise.all(
    [...new Set(sent)].map(async (sql) => (await breaches(sql, rule)).map((what) => `${what}: ${sql}`)),
  )
  return found.flat()
}

test.each([...Object.entries(QUESTIONS), ...Object.entries(OTHERS)])('%s', async (name, ask) => {
  const sent = await statements(async () => {
    const asking = Promise.resolve(ask(porter, asked))
    // A refusal is an answer to a question; what was asked on the way there counts.
    await (name in QUESTIONS ? asking.catch(() => undefined) : asking)
  })
  expect(sent.length).toBeGreaterThan(0)
  expect(await broken(sent)).toEqual([])
})

test('every file that speaks to the database is asked here, or says why not', () => {
  // lib/directory and lib/events are held to it function by function (rls-alone.db.test.ts).
  const files = listFiles().filter(
    (path) => /^lib\/(auth|orgs|tasks|readiness)\/[^/]+\.ts$/.test(path) && !/\.test\.ts$/.test(path),
  )
  const speaking = files.filter((path) => /\btx\s*\.\w|\bwithOrg\(|\bsql`/.test(readText(path)))
  const cases = readText('e2e/org-rule-cases.ts') + readText('e2e/rls-alone-cases.ts')
  const silent = speaking
    .map((path) => path.slice('lib/'.length, -'.ts'.length))
    .filter((name) => !cases.includes(`'@/lib/${name}'`))
  expect(silent.sort()).toEqual(Object.keys(NOT_ASKED).sort())
})

test('everything SCIM sends', async () => {
  const sent = await statements(async () => {
    const people = await makePeople(porter, 3)
    const [id = ''] = people
    const group = (await send(porter, 'POST', '/Groups', { displayName: 'Support' })).body.id
    await send(porter, 'PATCH', `/Groups/${group}`, addMembers(people))
    await saveMapping({ org: porter, actor: { kind: 'system' } }, String(group), 'manager')
    await setRole({ org: porter, actor: { kind: 'system' }, actorRole: 'owner' }, id, 'owner')
    await send(porter, 'PATCH', `/Users/${id}`, setActive(false))
    await send(porter, 'PUT', `/Users/${id}`, oktaUser(`kim@${porter.domain}`))
    await send(porter, 'PATCH', `/Groups/${group}`, patchOf({ op: 'remove', path: `members[value eq "${id}"]` }))
    for (const path of ['/Users?startIndex=1&count=2', `/Users?filter=userName eq "kim@${porter.domain}"`, '/Groups'])
      await send(porter, 'GET', path)
    for (const sorted of ['userName', 'name.familyName', 'meta.lastModified', 'active'])
      await send(porter, 'GET', `/Users?filter=emails.value co "k" and active eq true&sortBy=${sorted}&cursor`)
    await send(porter, 'GET', '/Groups?filter=displayName sw "S" and members pr&attributes=members')
    await send(porter, 'DELETE', `/Users/${id}`)
    await send(porter, 'DELETE', `/Groups/${group}`)
    await flushEvents()
  })
  expect(sent.length).toBeGreaterThan(20)
  expect(await broken(sent)).toEqual([])
})

test.each(['functions', 'roles', 'reads'])('every statement inside the functions of db/sql/%s.sql', async (name) => {
  const found: string[] = []
  const { functions: _, ...inside } = rule
  const inner = await bodiesOf(readText(`db/sql/${name}.sql`))
  for (const sql of inner) found.push(...(await breaches(sql, inside)).map((what) => `${what}: ${sql}`))
  expect(inner.length).toBeGreaterThan(3)
  expect(found).toEqual([])
})

/** The statements and expressions of which the functions of a file are made. */
async function bodiesOf(file: string): Promise<string[]> {
  const bodies: string[] = []
  const bytes = Buffer.from(file)
  for (const { stmt, stmt_location: from = 0, stmt_len: length = bytes.length } of (await parse(file)).stmts ?? []) {
    if (!('CreateFunctionStmt' in stmt)) continue
    const source = bytes.subarray(from, from + length).toString()
    const sqlBody = /language sql[^$]*\$\$(.*)\$\$/s.exec(source)?.[1]
    bodies.push(...(sqlBody ? [sqlBody] : queriesOf(await parsePlPgSQL(source))))
  }
  return bodies
}

function queriesOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(queriesOf)
  if (typeof node !== 'object' || node === null) return []
  if (!('query' in node && 'parseMode' in node)) return Object.values(node).flatMap(queriesOf)
  const query = String(node.query)
  // 0 is a whole statement, 2 an expression, more an assignment.
  if (node.parseMode === 0) return [query]
  return [`select (${node.parseMode === 2 ? query : query.replace(/^[^=]*=/, '')})`]
}
