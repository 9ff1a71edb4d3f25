import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { peopleOf, withDatabase } from '../database'
import { newPerson, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'
import { idOf, scimAt, scimGroup } from '../scim-client'
import { ACTORS, type Actor, type Actors, allActors, roleOf } from './actors'
import { ask, headOf, pathOf } from './ask'
import { handlers, pages, scimOperations } from './routes'
import { expected, type Row, rows } from './rows'

/**
 * Every page and route × everybody who may ask, each with what they really hold. The routes come from the folders and
 * the router themselves, so that a new one without a row fails.
 */
const db = withDatabase()
type Ids = Record<'user' | 'group' | 'event' | 'session' | 'name', string>
let actors: Actors
let ours: Ids
let theirs: Ids
let before: string[]

/** Of one company: somebody, their group, the event that brought them. */
async function idsOf(org: typeof porter): Promise<Ids> {
  const person = newPerson('Vera', org)
  const user = await oktaOf(org).hire(person)
  const group = idOf(await scimAt(org.scim, org.scimToken)('POST', '/Groups', scimGroup(`Vault ${user}`, [user])))
  const [event] = await db.inOrg(org.slug, (tx) => tx`select id from events where target_id = ${user} limit 1`)
  const [session] = await db.inOrg(org.slug, (tx) => tx`select id from sessions where ended_at is null limit 1`)
  return { user, group, event: String(event?.id), session: String(session?.id), name: person.lastName }
}

beforeAll(async () => {
  actors = await allActors()
  ours = await idsOf(porter)
  theirs = await idsOf(whiteRabbit)
  before = await peopleOf(db, 'white-rabbit')
})
afterAll(async () => {
  await Promise.all(Object.values(actors).map((each) => each.dispose()))
  await shutdown()
})

const idFor = (row: Row, ids: Ids) => (row.door !== 'open' && row.id ? ids[row.id] : '')

it('every page and route has a row, and no row is without one', () => {
  const found = [...pages, ...handlers].filter((route) => !outside.test(route))
  expect(Object.keys(rows).sort()).toEqual(found.sort())
})

/** Answered elsewhere: next-auth's own paths (sign-in.spec), SCIM (below), everything that is no route. */
const outside = /^[A-Z]+ (\/api\/auth\/|\/scim\/v2\/|\/api\/\[\.\.\.nothing\])/

const streams = Object.keys(rows).filter((route) => route.endsWith('/stream'))

describe.each(ACTORS)('%s', (actor) => {
  it.each(Object.keys(rows).filter((route) => !streams.includes(route)))('%s', async (route) => {
    const row = rows[route]
    if (!row) throw new Error(`No row for ${route}`)
    const answer = await ask(actors[actor], route, pathOf(route, row, idFor(row, ours)), row)
    const text = await answer.text()
    expect(answer.status(), text.slice(0, 300)).toBe(expected(row, actor))
    if (!roleOf(actor) && answer.status() === 307)
      expect(answer.headers().location).toMatch(/\/sign-in\/porter(\?from=|$)/)
    if (answer.status() >= 300) expect(text).not.toContain(ours.name)
    expect(text).not.toContain(theirs.name)
  })

  it.each(streams)('%s', async (route) => {
    const row = rows[route]
    if (!row) throw new Error(`No row for ${route}`)
    expect(await statusOfStream(actor, pathOf(route, row, ''))).toBe(expected(row, actor))
  })

  it.each(scimOperations)('SCIM %s is for the SCIM token alone, and never for a session', async (operation) => {
    const [method = '', path = ''] = operation.split(' ')
    const scim = `${porter.scim}${path.replace(':id', ours.user)}`
    const answer = await actors[actor].fetch(scim, { method, ...(method === 'GET' ? {} : { data: {} }) })
    if (actor !== 'SCIM token') {
      expect(answer.status()).toBe(401)
      expect(await answer.text()).not.toContain(ours.name)
    } else expect([200, 204, 400, 404]).toContain(answer.status())
  })
})

const tokens: Partial<Record<Actor, string>> = {
  'SCIM token': porter.scimToken,
  'other SCIM token': whiteRabbit.scimToken,
}
function statusOfStream(actor: Actor, path: string): Promise<number> {
  const token = tokens[actor]
  return headOf(actors[actor], new URL(path, porter.scim), token ? { authorization: `Bearer ${token}` } : {})
}

const withId = Object.keys(rows).filter((route) => route.includes('[id]'))

it.each(withId)('%s: the other company’s id is answered as one that does not exist, byte for byte', async (route) => {
  const row = rows[route]
  if (!row) throw new Error(`No row for ${route}`)
  const invented = newId()
  const told = async (id: string) => {
    const answer = await ask(actors.admin, route, pathOf(route, row, id), row)
    return { status: answer.status(), text: plain(await answer.text(), id) }
  }
  const foreign = await told(idFor(row, theirs))
  expect(foreign.status).toBe(404)
  expect(foreign).toEqual(await told(invented))
})

it.each(Object.keys(rows).filter((route) => route.includes('[org]')))(
  '%s: an admin elsewhere meets the door a company that does not exist has',
  async (route) => {
    const row = rows[route]
    if (!row || row.door === 'open') return
    const told = async (slug: string) => {
      const answer = await ask(actors.admin, route, pathOf(route, row, idFor(row, theirs), slug), row)
      const { location } = answer.headers()
      return {
        status: answer.status(),
        location: location?.replaceAll(slug, 'ORG'),
        text: plain(await answer.text(), slug),
      }
    }
    expect(await told('white-rabbit')).toEqual(await told('no-such-company'))
  },
)

/** An answer without what differs between any two: what was asked for, nonces, event references, times. */
const plain = (text: string, asked: string) =>
  text
    .replaceAll(asked, 'ASKED')
    .replaceAll(encodeURIComponent(asked), 'ASKED')
    .replace(/evt_[0-9a-f]{32}/g, 'EVENT')
    .replace(/nonce(=\\?"|\\?":\\?")[^"\\]+/g, 'nonce')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')

const headers: [string, Record<string, string>][] = [
  ['a middleware’s own', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
  ['a prefetch', { 'next-router-prefetch': '1', rsc: '1' }],
  ['a segment prefetch', { 'next-router-segment-prefetch': '/_tree', 'next-router-prefetch': '1', rsc: '1' }],
  ['a rewritten path', { 'x-matched-path': '/', 'x-invoke-path': '/', 'x-rewrite-url': '/' }],
  ['a route parameter', { 'x-now-route-matches': '1=white-rabbit', 'x-nextjs-data': '1' }],
  ['another host', { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
]
it.each(headers)('%s header leads nobody past the door, nor anywhere else', async (_, more) => {
  for (const [path, status] of [
    ['/orgs/porter/admin/users', 307],
    ['/api/orgs/porter/events', 401],
  ] as const) {
    const first = await actors.anonymous.get(path, { headers: more })
    const { location = '' } = first.headers()
    // What scripts fetch is sent to the address that names its headers, and refused there by what the answer holds.
    const fetched = location.startsWith(`${path}?_rsc`)
    const answer = fetched ? await actors.anonymous.get(location, { headers: more }) : first
    const text = await answer.text()
    expect(text).not.toContain(ours.name)
    expect(text + location).not.toContain('evil.example')
    expect(answer.status()).toBe(fetched && status === 307 ? 200 : status)
    if (!fetched && status === 307) expect(location).toMatch(/^\/sign-in\/porter/)
  }
})

it('and after all of it not a byte of the other company has changed', async () => {
  expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
})
