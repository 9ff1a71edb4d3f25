import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DELETE, GET, PATCH, POST, PUT } from '@/app/scim/v2/[[...path]]/route'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { peopleOf, withDatabase } from './database'
import { newPerson, type OrgFixture, porter, until, whiteRabbit } from './fixtures'
import { oktaOf } from './okta-client'
import { activePatch, idOf, PATCH_SCHEMA, scimAt, scimGroup, scimUser } from './scim-client'

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

/** Every verb that names a user or a group by id. */
const verbs: [method: string, path: 'Users' | 'Groups', body?: unknown][] = [
  ['GET', 'Users'],
  ['PUT', 'Users', scimUser('taken.over@porter.example', { active: false })],
  ['PATCH', 'Users', activePatch(false)],
  ['DELETE', 'Users'],
  ['GET', 'Groups'],
  ['PUT', 'Groups', scimGroup('Taken over')],
  ['PATCH', 'Groups', { schemas: [PATCH_SCHEMA], Operations: [{ op: 'remove', path: 'members' }] }],
  ['DELETE', 'Groups'],
]

let victim: { login: string; externalId: string; Users: string; Groups: string }

beforeAll(async () => {
  const person = newPerson('Victor', whiteRabbit)
  const id = await oktaOf(whiteRabbit).hire(person)
  const scim = scimAt(whiteRabbit.scim, whiteRabbit.scimToken)
  const group = await scim('POST', '/Groups', scimGroup(`Vault ${person.lastName}`, [id]))
  const externalId = (await oktaOf(whiteRabbit).get(person.login)).id
  victim = { login: person.login, externalId, Users: id, Groups: idOf(group) }
})
afterAll(shutdown)

const lastEvent = async (slug: string): Promise<string> => {
  const [row] = await db.inOrg(slug, (tx) => tx`select id from events order by id desc limit 1`)
  return String(row?.id)
}
const eventsSince = (slug: string, id: string, which: string) =>
  db.inOrg(slug, (tx) => tx`select * from events where id > ${id}::uuid and ${tx.unsafe(which)} order by id`)

/** What a caller can tell two answers apart by, but for what they asked for and their event's name. */
const told = ({ status, headers, text }: Awaited<ReturnType<ReturnType<typeof scimAt>>>, asked: string) => ({
  status,
  text: text.replaceAll(asked, 'ID').replace(/evt_[0-9a-f]{32}/g, 'EVENT'),
  headers: [...headers].filter(([name]) => !['date', 'content-length', 'x-request-id'].includes(name)),
})

describe.each(mounts)('SCIM at %s', (_, send) => {
  const at = (org: OrgFixture, token: string | null) => scimAt(org.scim, token, send)

  it.each(verbs)(
    '%s a %s with the other company’s id is answered as a missing id, and only the caller hears of it',
    async (method, kind, body) => {
      const before = await peopleOf(db, 'white-rabbit')
      const [ours, theirs] = [await lastEvent('porter'), await lastEvent('white-rabbit')]
      const missing = newId()
      const scim = at(porter, porter.scimToken)
      const id = victim[kind]
      const answer = await scim(method, `/${kind}/${id}`, body)
      expect(answer.status).toBe(404)
      expect(told(answer, id)).toEqual(told(await scim(method, `/${kind}/${missing}`, body), missing))
      expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
      const noted = await eventsSince('porter', ours, "outcome = 'failed'")
      expect(noted.map((row) => [row.method, row.status, row.target_id])).toEqual([
        [method, 404, id],
        [method, 404, missing],
      ])
      // A count of wrong tokens may come later, for those of another test.
      expect(await eventsSince('white-rabbit', theirs, "type <> 'token.refused'")).toEqual([])
    },
  )

  it.each(verbs)(
    '%s a %s with a token of another company is answered as any bad token, and both hear of it',
    async (method, kind, body) => {
      const before = await peopleOf(db, 'white-rabbit')
      const ours = await lastEvent('porter')
      const path = `/${kind}/${victim[kind]}`
      const answer = await at(whiteRabbit, porter.scimToken)(method, path, body)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
      const invented = porter.scimToken.replace(/.{6}$/, 'xxxxxx')
      const nowhere = { ...whiteRabbit, scim: whiteRabbit.scim.replace('white-rabbit', 'no-such-org') }
      for (const other of [at(whiteRabbit, invented), at(whiteRabbit, null), at(nowhere, porter.scimToken)]) {
        expect(told(await other(method, path, body), '-')).toEqual(told(answer, '-'))
      }
      expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
      const blocked = await eventsSince('porter', ours, "type = 'access.blocked'")
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
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], count: 200 }
    const lists = [
      await scim('GET', '/Users?count=200'),
      await scim('GET', '/Groups?count=200'),
      await scim('POST', '/.search', search),
      await scim('POST', '/Groups/.search', search),
    ]
    for (const { status, text } of lists) {
      expect(status).toBe(200)
      for (const theirs of ['whiterabbit.example', victim.Users, victim.Groups]) expect(text).not.toContain(theirs)
    }
  })

  it('a body cannot name a company or an id: what it makes belongs to the token’s', async () => {
    const before = await peopleOf(db, 'white-rabbit')
    const scim = at(porter, porter.scimToken)
    const id = await db.orgId('white-rabbit')
    const claims = { id: victim.Users, orgId: id, org_id: id, externalId: victim.externalId }
    const made = await scim('POST', '/Users', scimUser(victim.login, claims))
    expect(made.status).toBe(201)
    expect(idOf(made)).not.toBe(victim.Users)
    expect(
      (await scim('PUT', `/Users/${idOf(made)}`, scimUser(victim.login, { ...claims, active: false }))).status,
    ).toBe(200)
    expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
    expect((await scim('DELETE', `/Users/${idOf(made)}`)).status).toBe(204)
    expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
  })

  it('a group takes nobody of another company, and a bulk request reaches nobody there', async () => {
    const before = await peopleOf(db, 'white-rabbit')
    const scim = at(porter, porter.scimToken)
    const missing = newId()
    const join = (id: string) => scim('POST', '/Groups', scimGroup(`Guests of ${id}`, [id]))
    const answer = await join(victim.Users)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(told(answer, victim.Users)).toEqual(told(await join(missing), missing))
    const bulk = await scim('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'PATCH', path: `/Users/${victim.Users}`, data: activePatch(false) },
        { method: 'DELETE', path: `/Users/${victim.Users}` },
        { method: 'DELETE', path: `/Groups/${victim.Groups}` },
      ],
    })
    expect(bulk).toMatchObject({
      status: 200,
      body: { Operations: [{ status: '404' }, { status: '404' }, { status: '404' }] },
    })
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
