import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DELETE, GET, PATCH, POST, PUT } from '@/app/scim/v2/[[...path]]/route'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { peopleOf, withDatabase } from './database'
import { newPerson, type OrgFixture, porter, until, whiteRabbit } from './fixtures'
import { oktaOf } from './okta-client'
import { activePatch, idOf, scimAt, scimUser } from './scim-client'

const db = withDatabase()
const inNext: Record<string, (request: Request) => Response | Promise<Response>> = { DELETE, GET, PATCH, POST, PUT }
/** One SCIM app, mounted twice: ahead of Next in server.ts, and as a route of Next. */
const mounts: [name: string, send: typeof fetch][] = [
  ['server.ts', fetch],
  [
    'the Next route',
    async (input, init) => {
      const request = new Request(input, init)
      const handle = inNext[request.method]
      if (!handle) throw new Error(`The route has no ${request.method}`)
      return handle(request)
    },
  ],
]

/** Every verb that names a user by id. */
const verbs: [method: string, body?: unknown][] = [
  ['GET'],
  ['PUT', scimUser('taken.over@porter.example', { active: false })],
  ['PATCH', activePatch(false)],
  ['DELETE'],
]

let victim: { id: string; login: string; externalId: string }

beforeAll(async () => {
  const person = newPerson('Victor', whiteRabbit)
  const id = await oktaOf(whiteRabbit).hire(person)
  victim = { id, login: person.login, externalId: (await oktaOf(whiteRabbit).get(person.login)).id }
})
afterAll(shutdown)

const lastEvent = async (slug: string): Promise<string> => {
  const [row] = await db.inOrg(slug, (tx) => tx`select id from events order by id desc limit 1`)
  return String(row?.id)
}
const eventsSince = (slug: string, id: string, type: string) =>
  db.inOrg(slug, (tx) => tx`select * from events where id > ${id}::uuid and type = ${type} order by id`)

/** What a caller can tell two answers apart by, but for what they asked for and their event's name. */
const told = ({ status, headers, text }: Awaited<ReturnType<ReturnType<typeof scimAt>>>, asked: string) => ({
  status,
  text: text.replaceAll(asked, 'ID').replace(/evt_[0-9a-f]{32}/g, 'EVENT'),
  headers: [...headers].filter(([name]) => !['date', 'content-length', 'x-request-id'].includes(name)),
})

describe.each(mounts)('SCIM at %s', (_, send) => {
  const at = (org: OrgFixture, token: string | null) => scimAt(org.scim, token, send)

  it.each(verbs)(
    '%s with the other company’s id is answered as a missing id, and only the caller hears of it',
    async (method, body) => {
      const before = await peopleOf(db, 'white-rabbit')
      const [ours, theirs] = [await lastEvent('porter'), await lastEvent('white-rabbit')]
      const missing = newId()
      const scim = at(porter, porter.scimToken)
      const answer = await scim(method, `/Users/${victim.id}`, body)
      expect(answer.status).toBe(404)
      expect(told(answer, victim.id)).toEqual(told(await scim(method, `/Users/${missing}`, body), missing))
      expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
      const noted = await eventsSince('porter', ours, 'user.not_found')
      expect(noted.map((row) => [row.method, row.outcome, row.target_id])).toEqual([
        [method, 'failed', victim.id],
        [method, 'failed', missing],
      ])
      expect(await db.inOrg('white-rabbit', (tx) => tx`select * from events where id > ${theirs}::uuid`)).toEqual([])
    },
  )

  it.each(verbs)(
    '%s with a token of another company is answered as any bad token, and both hear of it',
    async (method, body) => {
      const before = await peopleOf(db, 'white-rabbit')
      const ours = await lastEvent('porter')
      const path = `/Users/${victim.id}`
      const answer = await at(whiteRabbit, porter.scimToken)(method, path, body)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
      const invented = porter.scimToken.replace(/.{6}$/, 'xxxxxx')
      const nowhere = { ...whiteRabbit, scim: whiteRabbit.scim.replace('white-rabbit', 'no-such-org') }
      for (const other of [at(whiteRabbit, invented), at(whiteRabbit, null), at(nowhere, porter.scimToken)]) {
        expect(told(await other(method, path, body), '-')).toEqual(told(answer, '-'))
      }
      expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
      const blocked = await eventsSince('porter', ours, 'access.blocked')
      expect(blocked.map((row) => [row.method, row.outcome])).toContainEqual([method, 'blocked'])
      expect(JSON.stringify(blocked)).not.toContain('White Rabbit')
    },
  )

  it('lists and look-ups show the token’s company alone', async () => {
    const scim = at(porter, porter.scimToken)
    for (const filter of [`userName eq "${victim.login}"`, `externalId eq "${victim.externalId}"`]) {
      const found = await scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)
      expect(found).toMatchObject({ status: 200, body: { totalResults: 0 } })
    }
    const all = await scim('GET', '/Users?count=200')
    expect(all.text).not.toContain('whiterabbit.example')
    expect(all.text).not.toContain(victim.id)
  })

  it('a body cannot name a company or an id: what it makes belongs to the token’s', async () => {
    const before = await peopleOf(db, 'white-rabbit')
    const scim = at(porter, porter.scimToken)
    const id = await db.orgId('white-rabbit')
    const claims = { id: victim.id, orgId: id, org_id: id, externalId: victim.externalId }
    const made = await scim('POST', '/Users', scimUser(victim.login, claims))
    expect(made.status).toBe(201)
    expect(idOf(made)).not.toBe(victim.id)
    expect(
      (await scim('PUT', `/Users/${idOf(made)}`, scimUser(victim.login, { ...claims, active: false }))).status,
    ).toBe(200)
    expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
    expect((await scim('DELETE', `/Users/${idOf(made)}`)).status).toBe(204)
    expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
  })

  it('a wrong token is one row a minute for each company, with a count', async () => {
    const rows = await until('the row of the refused tokens', async () => {
      const found = await db.inOrg('white-rabbit', (tx) => tx`select * from events where type = 'token.refused'`)
      return found.length > 0 && found
    })
    expect(rows.every((row) => row.outcome === 'blocked' && row.count >= 1)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain('Porter')
  })
})
