import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupMembers, groups, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { scimApp } from './app'
import { anyRequest, ids } from './test/any-request'
import { send } from './test/client'
import { addMembers, makePeople } from './test/people'

const LONG = process.env.ROLLCALL_LONG === '1'
const RUNS = LONG ? 20_000 : 500
const SEED = 42

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  const own = await makePeople(porter, 3)
  const foreign = await makePeople(rabbit, 3)
  const groupsOf: string[] = []
  for (const [org, people] of [
    [porter, own],
    [rabbit, foreign],
  ] as const) {
    const made = await send(org, 'POST', '/Groups', { displayName: 'Everyone' })
    await send(org, 'PATCH', `/Groups/${made.body.id}`, addMembers(people))
    groupsOf.push(String(made.body.id))
  }
  ids.push(
    ...own,
    ...foreign,
    ...groupsOf,
    newId(),
    'x',
    '%2e%2e',
    '%00',
    '..',
    '',
    '*',
    'bulkId:1',
    '😀',
    'a'.repeat(3000),
  )
})
afterAll(shutdown)

/** Every row of a company that SCIM may write, as text. */
const everything = (org: TestOrg) =>
  withOrg(org.orgId, async (tx) => {
    const rows = await Promise.all([
      tx.select().from(users).where(eq(users.orgId, org.orgId)).orderBy(users.id),
      tx.select().from(groups).where(eq(groups.orgId, org.orgId)).orderBy(groups.id),
      tx.select().from(groupMembers).where(eq(groupMembers.orgId, org.orgId)).orderBy(sql`1, 2, 3`),
    ])
    return JSON.stringify(rows)
  })
test(`${RUNS} random requests: none answers 5xx but /Me, the other company stays as it was`, async () => {
  const before = await everything(rabbit)
  const statuses = new Map<number, number>()
  const property = fc.asyncProperty(anyRequest, async (r) => {
    const url = new URL(`http://localhost:3000/scim/v2/${porter.slug}${r.path}`)
    for (const [key, value] of r.query) url.searchParams.append(key, value)
    const headers = new Headers({ authorization: `Bearer ${porter.token}`, 'content-type': r.type })
    if (r.tag !== undefined) headers.set(r.method === 'GET' ? 'if-none-match' : 'if-match', r.tag)
    const hasBody = !['GET', 'HEAD'].includes(r.method)
    const response = await scimApp.request(url.href, {
      method: r.method,
      headers,
      ...(hasBody ? { body: r.body } : {}),
    })
    const text = await response.text()
    const made = response.status === 201 ? response.headers.get('location') : null
    // Whoever is new is who the next requests name; the first ones are soon deleted.
    if (made) ids[made.includes('/Users/') ? statuses.size % 3 : 6] = made.slice(made.lastIndexOf('/') + 1)
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    if (response.status >= 500) expect([response.status, url.pathname.endsWith('/Me'), text]).toEqual([501, true, text])
    if (response.status >= 400 && r.method !== 'HEAD') {
      expect(JSON.parse(text)).toMatchObject({ status: String(response.status), detail: expect.any(String) })
      expect(text).not.toMatch(/postgres|select |\bat \/|node_modules/i)
    }
    for (const foreign of [rabbit.slug, rabbit.domain]) expect(text).not.toContain(foreign)
  })
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: !LONG })
  expect(await everything(rabbit)).toBe(before)
  // A fuzz that only ever bounces off proves little.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 404, 405, 412, 415]))
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)))}\n`)
}, 3_600_000)
