import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idpLinks, orgs, sessions, users } from '@/db/schema'
import { domains } from '@/db/schema-global'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, patchUser, replaceUser, type ScimWrite } from '@/lib/directory/scim-users'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { admit, type Claims } from './admit'
import { createSession, newSessionToken } from './create-session'
import { createRecoveryLink, findRecoverable, makeOwner, readRecoveryLink, redeemRecoveryLink } from './recovery'
import { readSession } from './session'

let porter: TestOrg
let rabbit: TestOrg
let write: ScimWrite
const issuer = 'https://porter.okta.com'

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  write = { org: porter, actor: { kind: 'okta', tokenId: 'test' }, options: { mode: 'okta' } }
})
afterAll(shutdown)

let n = 0
/** A new person of Porter, made over SCIM; `sub` is their Okta id and, unless told otherwise, the externalId. */
async function hire(rest: Record<string, unknown> = {}) {
  const sub = `00u${++n}`
  const email = `person${n}@${porter.domain}`
  const emails = [{ value: email, type: 'work', primary: true }]
  const { row } = await createUser(write, { userName: email, emails, externalId: sub, ...rest })
  const claims: Claims = { issuer, sub, email }
  return { id: row.id, sub, email, claims }
}
const set = (id: string, value: Record<string, unknown>) =>
  patchUser(write, id, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', value }],
  })

const linkOf = (userId: string) =>
  withOrg(porter.orgId, async (tx) => {
    const [row] = await tx
      .select()
      .from(idpLinks)
      .where(and(eq(idpLinks.orgId, porter.orgId), eq(idpLinks.userId, userId)))
    return row ? { issuer: row.issuer, sub: row.sub } : null
  })

async function signIn(claims: Claims, replaces?: string) {
  const found = await admit(porter, claims)
  if (found.kind !== 'admitted') throw new Error(found.reason)
  const { userId, epoch, trace } = found
  const token = newSessionToken(porter.orgId)
  const made = await createSession(porter.orgId, {
    token,
    userId,
    epoch,
    kind: 'okta',
    trace,
    replaces,
    idToken: 'jwt',
  })
  return { token, made }
}
const stateOf = async (token: string) => (await readSession(porter.slug, token)).kind

describe('admit', () => {
  test('links by externalId = sub, then finds by the link', async () => {
    const { id, claims, sub } = await hire()
    expect(await admit(porter, claims)).toMatchObject({ kind: 'admitted', userId: id, epoch: 1 })
    expect(await linkOf(id)).toEqual({ issuer, sub })
    expect(await admit(porter, { ...claims, email: null })).toMatchObject({ kind: 'admitted', userId: id })
  })

  test('links by e-mail, whatever its case, onto a person nobody claimed', async () => {
    const { id, claims, email } = await hire({ externalId: undefined })
    expect(await admit(porter, { ...claims, email: email.toUpperCase() })).toMatchObject({ userId: id })
    expect(await linkOf(id)).toMatchObject({ sub: claims.sub })
  })

  test('a recycled address does not inherit the sign-in of an account', async () => {
    const { id, claims } = await hire()
    await admit(porter, claims)
    const newcomer = { ...claims, sub: '00u-newcomer' }
    expect(await admit(porter, newcomer)).toMatchObject({ kind: 'refused', reason: 'not_provisioned' })
    expect(await linkOf(id)).toMatchObject({ sub: claims.sub })
  })

  test('a new externalId over SCIM ends the old identity and lets the new one in', async () => {
    const { id, claims, email } = await hire()
    const { token } = await signIn(claims)
    const emails = [{ value: email, type: 'work', primary: true }]
    await replaceUser(write, id, { userName: email, emails, externalId: '00u-second', active: true })
    expect(await stateOf(token)).toBe('ended')
    expect(await admit(porter, claims)).toMatchObject({ kind: 'refused', reason: 'not_provisioned' })
    expect(await admit(porter, { ...claims, sub: '00u-second' })).toMatchObject({ kind: 'admitted', userId: id })
  })

  test('never finds a person of another org', async () => {
    const { claims } = await hire()
    expect(await admit(rabbit, { ...claims, issuer: 'https://rabbit.okta.com' })).toMatchObject({ reason: 'wrong_org' })
    expect(await admit(rabbit, { ...claims, email: null })).toMatchObject({ reason: 'not_provisioned' })
  })

  test('JIT makes the person once, also for two first sign-ins at once', async () => {
    const jit: TestOrg = await makeTestOrg('Porter', { jit: true })
    const claims = { issuer, sub: '00u-jit', email: `ann@${jit.domain}`, givenName: 'Ann', familyName: 'Lee' }
    const both = await Promise.all([admit(jit, claims), admit(jit, claims)])
    const ids = both.map((each) => (each.kind === 'admitted' ? each.userId : each.reason))
    expect(new Set(ids).size).toBe(1)
    const rows = await withOrg(jit.orgId, (tx) => tx.select().from(users).where(eq(users.orgId, jit.orgId)))
    expect(rows.map((u) => [u.displayName, u.source, u.id])).toEqual([['Ann Lee', 'jit', ids[0]]])
  })

  test('JIT does not take a userName over', async () => {
    const jit: TestOrg = await makeTestOrg('Porter', { jit: true })
    const taken = { userName: `ann@${jit.domain}`, emails: [{ value: `other@${jit.domain}` }] }
    await createUser({ ...write, org: jit }, taken)
    const claims = { issuer, sub: '00u-jit', email: `ann@${jit.domain}` }
    expect(await admit(jit, claims)).toMatchObject({ kind: 'refused', reason: 'not_provisioned' })
  })
})

describe('createSession', () => {
  test('writes the session and its event in one commit, the token only as a hash, the ID token sealed', async () => {
    const { id, claims } = await hire()
    const { token, made } = await signIn(claims)
    if (!made.ok) throw new Error(made.reason)
    const [row] = await withOrg(porter.orgId, (tx) =>
      tx
        .select()
        .from(sessions)
        .where(and(eq(sessions.orgId, porter.orgId), eq(sessions.id, made.sessionId))),
    )
    expect(row?.tokenHash.toString('hex')).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(row)).not.toContain(token.split('.')[1])
    expect(row?.idToken).toMatch(/^v1\./)
    const { events } = await listEvents(porter.orgId, { targetId: id, limit: 1 })
    expect(events[0]).toMatchObject({ type: 'signin.succeeded', actorId: id })
    expect(events[0]?.trace?.map((t) => t.step)).toEqual(['match', 'match', 'policy', 'write'])
    expect(await stateOf(token)).toBe('live')
  })

  test('refuses when the person was deactivated after admit', async () => {
    const { id, claims } = await hire()
    const found = await admit(porter, claims)
    await set(id, { active: false })
    if (found.kind !== 'admitted') throw new Error(found.reason)
    const session = { token: newSessionToken(porter.orgId), userId: id, epoch: found.epoch, kind: 'okta' as const }
    expect(await createSession(porter.orgId, session)).toEqual({ ok: false, reason: 'deactivated' })
    await set(id, { active: true })
    // Back again, but what was admitted before the leaving stays worthless.
    expect(await createSession(porter.orgId, session)).toEqual({ ok: false, reason: 'changed' })
    expect(await stateOf(session.token)).toBe('none')
  })

  test('however a deactivation and sign-ins interleave, no session of an inactive person lives', async () => {
    for (let round = 0; round < 15; round++) {
      const { id, claims } = await hire()
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      const tries = [0, 1, 3].map((ms) => wait(ms).then(() => signIn(claims).catch(() => null)))
      const [made] = await Promise.all([Promise.all(tries), wait(round % 6).then(() => set(id, { active: false }))])
      for (const each of made) if (each?.made.ok) expect(await stateOf(each.token)).toBe('ended')
      expect(await admit(porter, claims)).toMatchObject({ kind: 'refused', reason: 'deactivated' })
    }
  })

  test('a new sign-in in the same browser ends the session it replaces', async () => {
    const { claims } = await hire()
    const first = await signIn(claims)
    const second = await signIn(claims, first.token)
    expect([await stateOf(first.token), await stateOf(second.token)]).toEqual(['ended', 'live'])
  })

  test('of a person’s sessions the newest ten live', async () => {
    const { claims } = await hire()
    const tokens = []
    for (let i = 0; i < 12; i++) tokens.push((await signIn(claims)).token)
    const states = await Promise.all(tokens.map(stateOf))
    expect(states).toEqual([...Array(2).fill('ended'), ...Array(10).fill('live')])
  })
})

describe('readSession', () => {
  test('a token means nothing under another org, and a forged prefix finds nothing', async () => {
    const { claims } = await hire()
    const { token } = await signIn(claims)
    expect(await readSession(rabbit.slug, token)).toEqual({ kind: 'none' })
    const forged = `${newSessionToken(rabbit.orgId).split('.')[0]}.${token.split('.')[1]}`
    expect(await readSession(rabbit.slug, forged)).toEqual({ kind: 'none' })
    expect(await stateOf(`${token}x`)).toBe('none')
    expect(await readSession(porter.slug, undefined)).toEqual({ kind: 'none' })
  })

  test.each([
    ['8 hours without a page end it', { lastSeenAt: new Date(Date.now() - 8 * 3600_000 - 1000) }, 'idle'],
    ['24 hours end it', { expiresAt: new Date(Date.now() - 1000) }, 'absolute'],
  ])('%s', async (_, change, why) => {
    const { claims } = await hire()
    const { token, made } = await signIn(claims)
    if (!made.ok) throw new Error(made.reason)
    await withOrg(porter.orgId, (tx) =>
      tx
        .update(sessions)
        .set(change)
        .where(and(eq(sessions.orgId, porter.orgId), eq(sessions.id, made.sessionId))),
    )
    expect(await readSession(porter.slug, token)).toEqual({ kind: 'expired', why })
  })

  test('coming back does not bring a session back', async () => {
    const { id, claims } = await hire()
    const { token } = await signIn(claims)
    await set(id, { active: false })
    await set(id, { active: true })
    expect(await stateOf(token)).toBe('ended')
  })
})

describe('recovery', () => {
  const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1)

  test('a link works once, for an owner, and opens a session marked as recovery', async () => {
    const { id } = await hire()
    expect(await findRecoverable(porter.orgId)).toBeNull()
    await makeOwner(porter, id)
    expect(await findRecoverable(porter.orgId)).toMatchObject({ id, role: 'owner' })
    const link = tokenOf(await createRecoveryLink(porter.orgId, id))
    expect(await readRecoveryLink(link)).toMatchObject({ orgName: 'Porter' })
    const uses = await Promise.all([redeemRecoveryLink(link, {}), redeemRecoveryLink(link, {})])
    const used = uses.filter((each) => each !== null)
    expect(used).toHaveLength(1)
    expect(await readRecoveryLink(link)).toBeNull()
    const state = await readSession(porter.slug, used[0]?.token)
    expect(state).toMatchObject({ kind: 'live', viewer: { role: 'owner', sessionKind: 'recovery' } })
    const { events } = await listEvents(porter.orgId, { types: ['access.recovered'] })
    expect(events).toHaveLength(1)
  })

  test('another org’s prefix, a short secret or an unknown one open nothing', async () => {
    const { id } = await hire()
    const link = tokenOf(await createRecoveryLink(porter.orgId, id))
    const [, secret] = link.split('.')
    const foreign = `${newSessionToken(rabbit.orgId).split('.')[0]}.${secret}`
    for (const bad of [foreign, link.slice(0, -1), newSessionToken(porter.orgId), 'used', '']) {
      expect(await redeemRecoveryLink(bad, {})).toBeNull()
    }
    expect(await redeemRecoveryLink(link, {})).not.toBeNull()
  })

  test('a link of somebody deactivated since opens nothing', async () => {
    const { id } = await hire()
    const link = tokenOf(await createRecoveryLink(porter.orgId, id))
    await set(id, { active: false })
    expect(await redeemRecoveryLink(link, {})).toBeNull()
  })
})

test('an org’s domain is asked of the table of verified domains alone', async () => {
  const { id, claims } = await hire({ externalId: undefined })
  await withOrg(porter.orgId, (tx) => tx.delete(domains).where(eq(domains.orgId, porter.orgId)))
  expect(await admit(porter, claims)).toMatchObject({ kind: 'refused', reason: 'not_provisioned' })
  expect(await linkOf(id)).toBeNull()
  const [org] = await withOrg(porter.orgId, (tx) => tx.select().from(orgs).where(eq(orgs.orgId, porter.orgId)))
  expect(org?.jit).toBe(false)
})
