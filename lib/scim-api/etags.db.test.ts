import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { send } from './test/client'
import { addMembers, makePeople, makePerson, patchOf } from './test/people'

let porter: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
})
afterAll(shutdown)

const setTitle = (value: string) => patchOf({ op: 'replace', path: 'title', value })
const rename = (displayName: string) => patchOf({ op: 'replace', path: 'displayName', value: displayName })
let n = 0
const makeGroup = async () => String((await send(porter, 'POST', '/Groups', { displayName: `Group ${++n}` })).body.id)
const tagOf = async (path: string) => (await send(porter, 'GET', path)).headers.get('etag') ?? ''
const put = { Users: () => ({ userName: `put${++n}@porter.example` }), Groups: () => ({ displayName: `Put ${++n}` }) }

onBoth(
  'RFC 7644 §3.14: If-Match with an old tag is 412 on PUT, PATCH and DELETE, and changes nothing',
  async (type, path, change) => {
    const old = await tagOf(path)
    expect((await send(porter, 'PATCH', path, change('first'))).status).toBeLessThan(300)
    const now = await tagOf(path)
    expect(now).not.toBe(old)
    const headers = { 'if-match': old }
    for (const [method, body] of [
      ['PUT', put[type]()],
      ['PATCH', change('second')],
      ['DELETE', undefined],
    ] as const) {
      expect(await send(porter, method, path, body, { headers })).toMatchObject({
        status: 412,
        body: { status: '412' },
      })
    }
    expect(await tagOf(path)).toBe(now)
    for (const good of [now, '*', `"x", ${now}`, now.replace('W/', '')]) {
      const answer = await send(porter, 'PATCH', path, change(good), {
        headers: { 'if-match': good === now ? now : '*' },
      })
      expect(answer.status).toBeLessThan(300)
    }
    expect((await send(porter, 'DELETE', path, undefined, { headers: { 'if-match': await tagOf(path) } })).status).toBe(
      204,
    )
  },
)

onBoth(
  'RFC 7644 §3.14: If-None-Match with the current tag is 304 without a body, with another 200',
  async (_, path) => {
    const tag = await tagOf(path)
    for (const value of [tag, '*', `W/"x", ${tag}`]) {
      const answer = await send(porter, 'GET', path, undefined, { headers: { 'if-none-match': value } })
      expect(answer).toMatchObject({ status: 304, body: {} })
      expect(answer.headers.get('etag')).toBe(tag)
    }
    expect((await send(porter, 'GET', path, undefined, { headers: { 'if-none-match': 'W/"0-0"' } })).status).toBe(200)
    expect((await send(porter, 'GET', path)).body).toMatchObject({ meta: { version: tag } })
  },
)

onBoth('of eight racing PATCHes with the same If-Match exactly one wins', async (_, path, change) => {
  const headers = { 'if-match': await tagOf(path) }
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, i) => send(porter, 'PATCH', path, change(`racer ${i}`), { headers })),
  )
  expect(all.filter((each) => each.status < 300)).toHaveLength(1)
  expect(all.filter((each) => each.status === 412)).toHaveLength(7)
})

test('of eight racing membership PATCHes with the same If-Match exactly one wins', async () => {
  const path = `/Groups/${await makeGroup()}`
  const people = await makePeople(porter, 8)
  const headers = { 'if-match': await tagOf(path) }
  const all = await Promise.all(people.map((id) => send(porter, 'PATCH', path, addMembers([id]), { headers })))
  expect(all.map((each) => each.status).sort()).toEqual([204, ...Array.from({ length: 7 }, () => 412)])
})

test('twenty racing PATCHes of one user without If-Match all succeed, one after the other', async () => {
  const path = `/Users/${await makePerson(porter)}`
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => send(porter, 'PATCH', path, setTitle(`T${i}`))))
  expect(all.map((each) => each.status)).toEqual(all.map(() => 200))
  expect(await tagOf(path)).toMatch(/^W\/"21-/)
})

type Change = (value: string) => object

function onBoth(name: string, run: (type: 'Users' | 'Groups', path: string, change: Change) => Promise<void>) {
  test(`Users: ${name}`, async () => run('Users', `/Users/${await makePerson(porter)}`, setTitle))
  test(`Groups: ${name}`, async () => {
    const path = `/Groups/${await makeGroup()}`
    await run('Groups', path, (value) => rename(`${value} of ${path}`))
  })
}
