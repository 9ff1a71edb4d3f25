import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { usedLogoutTokens } from '@/db/schema-proofs'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { patchUser } from '@/lib/directory/scim-users'
import { getEvent } from '@/lib/events/query'
import { subscribeWake } from '@/lib/events/wake'
import { putConnection } from '@/lib/orgs/connections'
import { admit } from './admit'
import { createSession, newSessionToken } from './create-session'
import { whyEnded } from './ended'
import { readSession } from './session'
import {
  aud,
  bySub,
  hire,
  issuerOf,
  okta,
  open,
  type Person,
  porter,
  rabbit,
  revocations,
  rowOf,
  send,
  signIn,
  theirs,
  withLogoutBed,
  write,
} from './test/logout-bed'
import { startLogoutIssuer } from './test/logout-issuer'

withLogoutBed()

test.each(['iss_sub', 'email'])(
  'ends every session and nothing else, in one commit with its event (%s)',
  async (format) => {
    for (const org of [porter, rabbit]) {
      const person = await hire(org)
      const tokens = [await signIn(person), await signIn(person), await signIn(person)]
      const before = await rowOf(person)
      const told: string[] = []
      const stop = subscribeWake(org.orgId, ({ endedUsers }) => told.push(...endedUsers))
      const subject = format === 'email' ? { format, email: person.email.toUpperCase() } : bySub(person)
      const answer = await send(org, await issuerOf(org).sign({ aud: aud(org) }), { sub_id: subject })
      expect(answer.status).toBe(204)
      expect(await answer.text()).toBe('')

      for (const token of tokens) {
        const state = await readSession(org.slug, token)
        if (state.kind !== 'ended') throw new Error(state.kind)
        const why = await whyEnded(org.orgId, state.endedAt, state.eventId)
        expect(why.reason).toBe('Okta signed you out everywhere')
        const event = await getEvent(org.orgId, state.eventId ?? '')
        expect(event).toMatchObject({
          type: 'session.revoked',
          outcome: 'success',
          targetId: person.id,
          effects: { sessionsEnded: 3 },
          oktaEvent: 'user.authentication.universal_logout',
        })
      }
      const { user, link } = await rowOf(person)
      const epoch = (before.user?.sessionEpoch ?? 0) + 1
      expect({ user, link }).toEqual({ user: { ...before.user, sessionEpoch: epoch }, link: before.link })
      await expect.poll(() => told).toContain(person.id)
      stop()
      // And may come back.
      await signIn(person)
      expect(await open(person)).toBe(1)
    }
  },
)

test.each([
  ['iss_sub of the connection', (who: Person) => bySub(who)],
  ['iss_sub of the Okta org', (who: Person) => ({ format: 'iss_sub', iss: okta.orgIssuer, sub: who.sub })],
  ['email', (who: Person) => ({ format: 'email', email: who.email })],
])(
  'Okta signs as its org though people sign in at a custom server: believed, with the org’s keys (%s)',
  async (_, subject) => {
    const person = await hire()
    await signIn(person)
    const jwt = await okta.sign({ aud: aud(porter) }, { by: 'org' })
    expect((await send(porter, jwt, { sub_id: subject(person) })).status).toBe(204)
    expect(await open(person)).toBe(0)
    const [event] = await revocations(porter)
    expect(event).toMatchObject({ outcome: 'success', targetId: person.id })
  },
)

test.each([
  ['another origin', () => theirs.issuer],
  ['another custom server of the same Okta org', () => `${okta.orgIssuer}/oauth2/another`],
])('a person named by an issuer of %s is nobody here: 404', async (_, iss) => {
  const person = await hire()
  await signIn(person)
  const sub_id = { format: 'iss_sub', iss: iss(), sub: person.sub }
  expect((await send(porter, await okta.sign({ aud: aud(porter) }, { by: 'org' }), { sub_id })).status).toBe(404)
  expect(await open(person)).toBe(1)
})

test('a sign-in under way when the sessions end opens none', async () => {
  const person = await hire()
  await signIn(person)
  const found = await admit(porter, { issuer: okta.issuer, sub: person.sub, email: null })
  if (found.kind !== 'admitted') throw new Error(found.reason)
  await send(porter, await okta.sign({ aud: aud(porter) }), { sub_id: bySub(person) })
  const { userId, epoch } = found
  const token = newSessionToken(porter.orgId)
  expect(await createSession(porter.orgId, { token, userId, epoch, kind: 'okta' })).toEqual({
    ok: false,
    reason: 'changed',
  })
})

test('a token works once, however often it is sent at the same moment', async () => {
  const person = await hire()
  await signIn(person)
  const jwt = await okta.sign({ aud: aud(porter) })
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(porter, jwt, { sub_id: bySub(person) })))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 401, 401, 401, 401])
  // The person is back; the old token does nothing to them.
  await signIn(person)
  expect((await send(porter, jwt, { sub_id: bySub(person) })).status).toBe(401)
  expect(await open(person)).toBe(1)
})

test('used tokens are forgotten once their age alone refuses them', async () => {
  const { orgId } = porter
  await withOrg(orgId, (tx) =>
    tx.insert(usedLogoutTokens).values({ orgId, jti: 'old', expiresAt: new Date(Date.now() - 1000) }),
  )
  const person = await hire()
  await send(porter, await okta.sign({ aud: aud(porter) }), { sub_id: bySub(person) })
  const kept = await withOrg(orgId, (tx) => tx.select().from(usedLogoutTokens).where(eq(usedLogoutTokens.orgId, orgId)))
  expect(kept.map(({ jti }) => jti)).not.toContain('old')
  expect(kept.every(({ expiresAt }) => expiresAt.getTime() > Date.now() + 5 * 60_000)).toBe(true)
})

test.each([
  ['no JSON', 'sub_id'],
  ['no subject', {}],
  ['an empty subject', { sub_id: {} }],
  ['another format', { sub_id: { format: 'phone_number', phone_number: '+1' } }],
  ['an e-mail that is none', { sub_id: { format: 'email', email: 'john' } }],
  ['a sub without its issuer', { sub_id: { format: 'iss_sub', sub: '00u1' } }],
  ['a list', []],
  ['a body of 20 KB', { sub_id: { format: 'email', email: 'a@b' }, more: 'x'.repeat(20_000) }],
])('%s → 400', async (_name, body) => {
  expect((await send(porter, await okta.sign({ aud: aud(porter) }), body)).status).toBe(400)
})

test('a token of another client → 403', async () => {
  const person = await hire()
  await signIn(person)
  const jwt = await okta.sign({ aud: aud(porter), sub: 'another-client' })
  expect((await send(porter, jwt, { sub_id: bySub(person) })).status).toBe(403)
  expect(await open(person)).toBe(1)
  expect((await revocations(porter))[0]).toMatchObject({ outcome: 'blocked', status: 403, actorKind: 'okta' })
})

test('a person who is not here → 404, as is one of the other company or one deleted', async () => {
  const foreign = await hire(rabbit)
  await signIn(foreign)
  const status = async (sub_id: unknown) =>
    (await send(porter, await okta.sign({ aud: aud(porter) }), { sub_id })).status
  expect(await status({ format: 'email', email: foreign.email })).toBe(404)
  expect(await status({ format: 'iss_sub', iss: okta.issuer, sub: '00uNobody' })).toBe(404)
  expect(await status(bySub(foreign))).toBe(404)
  expect(await open(foreign)).toBe(1)
  const [event] = await revocations(porter)
  expect(event).toMatchObject({ outcome: 'failed', status: 404, targetId: null })
})

test('an e-mail two people have → 422, and both stay', async () => {
  const shared = `office@${porter.domain}`
  const two = [await hire(porter, shared), await hire(porter, shared)]
  for (const person of two) await signIn(person)
  const answer = await send(porter, await okta.sign({ aud: aud(porter) }), {
    sub_id: { format: 'email', email: shared },
  })
  expect(answer.status).toBe(422)
  for (const person of two) expect(await open(person)).toBe(1)
  expect((await revocations(porter))[0]).toMatchObject({ outcome: 'failed', status: 422 })
})

test('a deactivated person, or one with no session: 204 and still deactivated', async () => {
  const person = await hire()
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  await patchUser(write(porter), person.id, { schemas, Operations: [{ op: 'replace', value: { active: false } }] })
  expect((await send(porter, await okta.sign({ aud: aud(porter) }), { sub_id: bySub(person) })).status).toBe(204)
  expect((await rowOf(person)).user?.active).toBe(false)
})

test('ES256 is believed too, and the keys are fetched once, not with every request', async () => {
  const person = await hire()
  const before = okta.fetched()
  for (let i = 0; i < 3; i++) {
    const jwt = await okta.sign({ aud: aud(porter) }, { alg: 'ES256' })
    expect((await send(porter, jwt, { sub_id: bySub(person) })).status).toBe(204)
  }
  expect(okta.fetched() - before).toBeLessThanOrEqual(1)
})

test('an issuer whose keys cannot be read → 503, and the next try may work', async () => {
  const late = await startLogoutIssuer('/oauth2/late')
  late.away(true)
  const org = await makeTestOrg('Late')
  // Not an origin the operator allows, so the guard alone refuses it.
  await putConnection(org.orgId, { issuer: late.issuer, clientId: 'client', clientSecret: 'secret' })
  const answer = await send(org, await late.sign({ aud: aud(org) }), { sub_id: { format: 'email', email: 'a@b.c' } })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('30')
  expect(late.fetched()).toBe(0)
  late.close()
})
