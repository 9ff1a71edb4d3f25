import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { oktaUser, send } from './test/client'
import { makePeople } from './test/people'

const LONG = process.env.ROLLCALL_LONG === '1'
let porter: TestOrg
let rabbit: TestOrg
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

const people: [string, Record<string, unknown>][] = [
  ['carla', { displayName: 'Émile', externalId: 'x3' }],
  ['Anton', { displayName: 'zoe', externalId: 'x1' }],
  ['bert', { displayName: undefined, externalId: undefined }],
  ['dora', { displayName: 'Berta', externalId: 'x2' }],
]

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  for (const [name, rest] of people) await send(porter, 'POST', '/Users', oktaUser(name, rest))
  for (const displayName of ['Sales', 'Buying', 'Éditeurs']) await send(porter, 'POST', '/Groups', { displayName })
  await send(rabbit, 'POST', '/Users', oktaUser('alice'))
  await send(rabbit, 'POST', '/Groups', { displayName: 'Tea party' })
})
afterAll(shutdown)

type Page = {
  totalResults: number
  itemsPerPage: number
  startIndex?: number
  nextCursor?: string
  Resources: Record<string, unknown>[]
}
// The shape of every ListResponse; the tests compare its values.
const list = async (path: string, org = porter) => (await send(org, 'GET', path)).body as unknown as Page
const names = (page: Page) => page.Resources.map((each) => each.userName ?? each.displayName)

test.each<[string, string[]]>([
  ['', ['carla', 'Anton', 'bert', 'dora']],
  ['sortBy=userName', ['Anton', 'bert', 'carla', 'dora']],
  ['sortBy=username&sortOrder=descending', ['dora', 'carla', 'bert', 'Anton']],
  ['sortBy=displayName', ['dora', 'Anton', 'carla', 'bert']],
  ['sortBy=externalId', ['Anton', 'dora', 'carla', 'bert']],
  ['sortBy=externalId&sortOrder=descending', ['bert', 'carla', 'dora', 'Anton']],
  ['sortBy=meta.created&sortOrder=descending', ['dora', 'bert', 'Anton', 'carla']],
  ['sortBy=meta.lastModified', ['carla', 'Anton', 'bert', 'dora']],
  ['sortBy=id', ['carla', 'Anton', 'bert', 'dora']],
  ['sortBy=urn:ietf:params:scim:schemas:core:2.0:User:userName', ['Anton', 'bert', 'carla', 'dora']],
])('RFC 7644 §3.4.2.3 %s: unset last when ascending, first when descending', async (query, expected) => {
  expect(names(await list(`/Users?${query}`))).toEqual(expected)
  const paged: unknown[] = []
  for (let start = 1; start <= 4; start++)
    paged.push(...names(await list(`/Users?${query}&startIndex=${start}&count=1`)))
  expect(paged).toEqual(expected)
  const byCursor: unknown[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await list(`/Users?${query}&count=1&cursor=${cursor}`)
    expect(page.totalResults).toBe(4)
    expect(page).not.toHaveProperty('startIndex')
    byCursor.push(...names(page))
    cursor = page.nextCursor
  }
  expect(byCursor).toEqual(expected)
})

test.each([
  ['sortBy=title', 'invalidValue'],
  ['sortBy=nonsense', 'invalidPath'],
  ['sortBy=userName&sortOrder=up', 'invalidValue'],
  ['cursor=nonsense', 'invalidCursor'],
  ['cursor=&count=-1', 'invalidCount'],
  ['count=x', 'invalidValue'],
])('GET /Users?%s → 400 %s', async (query, scimType) => {
  expect(await send(porter, 'GET', `/Users?${query}`)).toMatchObject({ status: 400, body: { scimType } })
})

test.each<[string, Partial<Page>]>([
  ['startIndex=0&count=2', { totalResults: 4, startIndex: 1, itemsPerPage: 2 }],
  ['startIndex=-5&count=2', { totalResults: 4, startIndex: 1, itemsPerPage: 2 }],
  ['startIndex=4&count=2', { totalResults: 4, startIndex: 4, itemsPerPage: 1 }],
  ['startIndex=99', { totalResults: 4, itemsPerPage: 0, Resources: [] }],
  ['startIndex=2147483647&count=200', { totalResults: 4, Resources: [] }],
  ['count=0', { totalResults: 4, itemsPerPage: 0, Resources: [] }],
  ['count=-1', { totalResults: 4, itemsPerPage: 0 }],
  ['count=5000', { totalResults: 4, itemsPerPage: 4 }],
  [`filter=${encodeURIComponent('userName sw "a"')}&count=0`, { totalResults: 1, itemsPerPage: 0 }],
])('RFC 7644 §3.4.2.4 GET /Users?%s', async (query, expected) => {
  expect(await list(`/Users?${query}`)).toMatchObject(expected)
})

test('RFC 9865: a cursor fits its own list of its own company only, and not one character may change', async () => {
  const { nextCursor = '' } = await list('/Users?count=1&cursor=')
  const paths = [
    `/Users?count=1&cursor=${nextCursor}x`,
    `/Users?count=1&cursor=${nextCursor.replace('v1.', 'v9.')}`,
    `/Users?count=1&sortBy=userName&cursor=${nextCursor}`,
    `/Users?count=1&cursor=${nextCursor}&filter=${encodeURIComponent('active eq true')}`,
    `/Groups?count=1&cursor=${nextCursor}`,
  ]
  for (const path of paths) {
    expect(await send(porter, 'GET', path)).toMatchObject({ status: 400, body: { scimType: 'invalidCursor' } })
  }
  const foreign = await send(rabbit, 'GET', `/Users?count=1&cursor=${nextCursor}`)
  expect(foreign).toMatchObject({ status: 400, body: { scimType: 'invalidCursor' } })
})

test('POST /Users/.search and /Groups/.search answer what the query would', async () => {
  const body = {
    schemas: [SEARCH],
    filter: 'userName sw "c" or userName eq "DORA"',
    attributes: ['userName'],
    sortBy: 'userName',
    count: 10,
  }
  const found = await send(porter, 'POST', '/Users/.search', body)
  expect(found).toMatchObject({
    status: 200,
    body: { totalResults: 2, Resources: [{ userName: 'carla' }, { userName: 'dora' }] },
  })
  expect(JSON.stringify(found.body)).not.toContain('displayName')
  const groups = await send(porter, 'POST', '/Groups/.search', {
    schemas: [SEARCH],
    filter: 'displayName eq "éditeurs"',
  })
  expect(groups.body).toMatchObject({ totalResults: 1, Resources: [{ displayName: 'Éditeurs' }] })
})

test('POST /.search is over both types, in one order, and pages through all of them', async () => {
  const all = await send(porter, 'POST', '/.search', { schemas: [SEARCH] })
  expect(all.body).toMatchObject({ totalResults: 7 })
  const seen: unknown[] = []
  for (let cursor: unknown = ''; cursor !== undefined; ) {
    const page = await send(porter, 'POST', '/.search', { schemas: [SEARCH], count: 2, cursor, sortBy: 'displayName' })
    expect(page.status).toBe(200)
    const { Resources } = page.body
    if (Array.isArray(Resources)) seen.push(...Resources.map((each) => each.id))
    cursor = page.body.nextCursor
  }
  expect(new Set(seen).size).toBe(7)
  expect(seen).toHaveLength(7)
})

test.each<[string, number]>([
  ['displayName eq "Sales"', 1],
  ['userName pr', 4],
  ['not (userName pr)', 3],
  ['userName eq "bert" or displayName sw "buy"', 2],
  ['meta.resourceType eq "Group"', 3],
  ['members pr', 0],
  ['meta pr and id pr and schemas pr', 7],
  ['userName eq "alice" or displayName eq "Tea party"', 0],
])('RFC 7644 §3.4.2.1 search across types %s: what a type lacks has no value there', async (filter, total) => {
  const found = await send(porter, 'POST', '/.search', { schemas: [SEARCH], filter })
  expect(found.body).toMatchObject({ totalResults: total })
})

const WHOLE = LONG ? 10_000 : 250
const PAGE = LONG ? 100 : 20

test(`an import of ${WHOLE} people while others are added returns each of them exactly once`, async () => {
  const acme = await makeTestOrg('Acme')
  const before = LONG ? await fill(acme, WHOLE) : await makePeople(acme, WHOLE)
  const seen: string[] = []
  for (let start = 1; ; start += PAGE) {
    const [page] = await Promise.all([list(`/Users?startIndex=${start}&count=${PAGE}`, acme), makePeople(acme, 2)])
    seen.push(...page.Resources.map((each) => String(each.id)))
    if (page.itemsPerPage < PAGE || start > WHOLE * 2) break
  }
  const own = seen.filter((id) => before.includes(id))
  expect(own).toHaveLength(WHOLE)
  expect(new Set(own).size).toBe(WHOLE)
}, 600_000)

async function fill(org: TestOrg, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count)
    ids.push(...(await Promise.all(Array.from({ length: 10 }, () => makePeople(org, 10)))).flat())
  return ids
}
