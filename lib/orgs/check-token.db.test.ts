import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scimTokens } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { checkToken } from './check-token'
import { forgetTokens } from './known-tokens'
import { mintToken } from './tokens'

// Two keys, the newer first: what an operator has after a change of keys. v1 stands for the time before it.
const key = (version: string, fill: string) => `${version}:${btoa(fill.repeat(32))}`
setEnvironment({ ROLLCALL_KEYS: `${key('v2', 'b')},${key('v1', 'a')}` })

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const flip = (text: string, at: number) => `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`

test('DESIGN §6: rollcall_<org 22><id 8><secret 32><crc 6>, and it leads to its own org only', async () => {
  expect(porter.token).toMatch(/^rollcall_[0-9A-Za-z]{68}$/)
  expect(await checkToken(porter.token, null)).toMatchObject({ org: { orgId: porter.orgId, slug: porter.slug } })
  expect(await checkToken(rabbit.token, null)).toMatchObject({ org: { orgId: rabbit.orgId } })
})

test('one changed character anywhere is malformed: the checksum costs no query', async () => {
  for (const at of [9, 20, 35, 50, 70, 76])
    expect(await checkToken(flip(porter.token, at), null)).toEqual({ refused: 'malformed' })
})

test('the secret of one org behind the prefix of another is unknown, though the checksum holds', async () => {
  const { checksum } = await import('./checksum')
  const forged = `${rabbit.token.slice(9, 31)}${porter.token.slice(31, 71)}`
  expect(await checkToken(`rollcall_${forged}${checksum(forged)}`, null)).toMatchObject({ refused: 'unknown' })
})

test('expired and revoked tokens are refused by name, in the log of their org only', async () => {
  const past = await mintToken(porter.orgId, { createdBy: 'test', expiresAt: new Date(Date.now() - 1) })
  expect(await checkToken(past.token, null)).toEqual({
    refused: 'expired',
    orgId: porter.orgId,
    token: { id: past.id, hint: past.hint },
  })
  const revoked = await mintToken(porter.orgId, { createdBy: 'test', expiresAt: new Date(Date.now() + 60_000) })
  const mine = and(eq(scimTokens.orgId, porter.orgId), eq(scimTokens.id, revoked.id))
  await withOrg(porter.orgId, (tx) => tx.update(scimTokens).set({ revokedAt: new Date() }).where(mine))
  expect(await checkToken(revoked.token, null)).toMatchObject({ refused: 'revoked', token: { id: revoked.id } })
})

test('a token signed with an old key goes on working, and moves to the newest at its first use', async () => {
  const { orgId } = porter
  const secret = porter.token.slice(39, 71)
  const { hmac } = await import('@/lib/crypto')
  const old = hmac(secret, 'v1')
  await withOrg(orgId, (tx) =>
    tx
      .update(scimTokens)
      .set({ secretHmac: old, keyVersion: 'v1', lastUsedAt: new Date() })
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, porter.token.slice(31, 39)))),
  )
  forgetTokens(orgId)
  expect(await checkToken(porter.token, '192.0.2.1')).toMatchObject({ org: { orgId } })
  const [moved] = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(scimTokens)
      .where(and(eq(scimTokens.orgId, orgId), eq(scimTokens.id, porter.token.slice(31, 39)))),
  )
  expect(moved).toMatchObject({ keyVersion: 'v2', lastUsedFrom: '192.0.2.1' })
  expect(moved?.secretHmac.equals(old)).toBe(false)
  expect(await checkToken(porter.token, null)).toMatchObject({ org: { orgId } })
})
