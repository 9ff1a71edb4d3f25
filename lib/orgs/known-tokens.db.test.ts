import { and, eq } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connections, scimTokens } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { checkToken } from './check-token'
import { checksum } from './checksum'
import { forgetTokens, recall } from './known-tokens'
import { parseToken } from './token-format'
import { revokeToken } from './tokens'

let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const idOf = ({ token }: TestOrg) => parseToken(token)?.id ?? ''
const state = async (org: TestOrg) => {
  const checked = await checkToken(org.token, null)
  return 'refused' in checked ? checked.refused : checked.scimState
}
const pause = (org: TestOrg) =>
  withOrg(org.orgId, (tx) =>
    tx.update(connections).set({ scimState: 'paused' }).where(eq(connections.orgId, org.orgId)),
  )

test('a live token is read once a second, and the wrong secret is refused from memory as well', async () => {
  expect(await state(porter)).toBe('active')
  expect(recall(porter.token)).toMatchObject({ exact: true })
  const mixed = rabbit.token.slice(0, 31) + porter.token.slice(31)
  expect(await checkToken(mixed, null)).toMatchObject({ refused: 'malformed' })
  expect(recall(mixed)).toBeUndefined()
  const guessed = porter.token.slice(0, 39) + rabbit.token.slice(39, 71)
  expect(recall(guessed)).toMatchObject({ exact: false })
  const wellFormed = guessed + checksum(guessed.slice(9))
  expect(await checkToken(wellFormed, null)).toEqual({ refused: 'unknown', orgId: porter.orgId })
})

test('what nobody told of is seen after a second at the latest', async () => {
  expect(await state(rabbit)).toBe('active')
  await pause(rabbit)
  await vi.waitFor(async () => expect(await state(rabbit)).toBe('paused'), { timeout: 3000, interval: 100 })
})

test('a revoked token is refused by the very next request', async () => {
  const org = await makeTestOrg('Porter')
  expect(await state(org)).toBe('active')
  expect(await revokeToken({ org, actor: { kind: 'system' } }, idOf(org))).toMatchObject({ ok: true })
  expect(await state(org)).toBe('revoked')
})

test('another process’s notification is enough', async () => {
  const org = await makeTestOrg('Porter')
  expect(await state(org)).toBe('active')
  await withOrg(org.orgId, (tx) =>
    tx
      .update(scimTokens)
      .set({ revokedAt: new Date() })
      .where(and(eq(scimTokens.orgId, org.orgId), eq(scimTokens.id, idOf(org)))),
  )
  const other = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  await other.notify('rollcall', JSON.stringify({ o: org.orgId, p: 'another', s: 1 }))
  await other.end()
  await vi.waitFor(() => expect(recall(org.token)).toBeUndefined(), { timeout: 900, interval: 10 })
  expect(await state(org)).toBe('revoked')
})

test('an org that is forgotten is read again', async () => {
  const org = await makeTestOrg('Porter')
  await state(org)
  forgetTokens(org.orgId)
  expect(recall(org.token)).toBeUndefined()
})
