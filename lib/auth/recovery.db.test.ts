import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessions } from '@/db/schema'
import { recoveryLinks } from '@/db/schema-proofs'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { sha256 } from '@/lib/crypto'
import { createLocalUser } from '@/lib/directory/local'
import { listOwners } from '@/lib/directory/owners'
import { shutdown } from '@/lib/process'
import { createRecoveryLink, readRecoveryLink, redeemRecoveryLink } from './recovery'
import { readSession } from './session'
import { isSteppedUp } from './step-up'

let porter: TestOrg
let ownerId: string
afterAll(shutdown)
beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  const person = { userName: `olivia@${porter.domain}`, displayName: 'Olivia Grant', email: `olivia@${porter.domain}` }
  const { row } = await createLocalUser(porter.orgId, { ...person, manualRole: 'owner' }, { kind: 'system' })
  ownerId = row.id
})

const linkToken = async () => {
  const link = await createRecoveryLink(porter.orgId, ownerId)
  return link.slice(link.lastIndexOf('/') + 1)
}
const stored = (hash: Buffer) =>
  withOrg(porter.orgId, (tx) => tx.select().from(recoveryLinks).where(eq(recoveryLinks.tokenHash, hash)))

test('of a link only its hash is kept, for fifteen minutes', async () => {
  const token = await linkToken()
  const [row] = await stored(sha256(token))
  expect(JSON.stringify(row)).not.toContain(token.split('.')[1])
  const minutes = ((row?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000
  expect(minutes).toBeGreaterThan(14.9)
  expect(minutes).toBeLessThanOrEqual(15)
})

test('after its time it opens nothing, and is not used up by having been tried', async () => {
  const token = await linkToken()
  const expire = (expiresAt: Date) =>
    withOrg(porter.orgId, (tx) =>
      tx
        .update(recoveryLinks)
        .set({ expiresAt })
        .where(eq(recoveryLinks.tokenHash, sha256(token))),
    )
  await expire(new Date(Date.now() - 1000))
  expect(await readRecoveryLink(token)).toBeNull()
  expect(await redeemRecoveryLink(token, {})).toBeNull()
  await expire(new Date(Date.now() + 60_000))
  expect(await redeemRecoveryLink(token, {})).not.toBeNull()
})

test('its session lasts thirty minutes, is marked, and needs no further confirmation with Okta', async () => {
  const redeemed = await redeemRecoveryLink(await linkToken(), {})
  const state = await readSession(porter.slug, redeemed?.token)
  if (state.kind !== 'live') throw new Error(state.kind)
  expect(state.viewer).toMatchObject({ sessionKind: 'recovery', userId: ownerId })
  expect(isSteppedUp(state.viewer)).toBe(true)
  const [row] = await withOrg(porter.orgId, (tx) =>
    tx.select().from(sessions).where(eq(sessions.id, state.viewer.sessionId)),
  )
  expect((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)).toBe(30 * 60_000)
})

test('the owners an admin reads are the org’s own', async () => {
  const rabbit = await makeTestOrg('White Rabbit')
  expect(await listOwners(porter.orgId)).toMatchObject([{ id: ownerId, displayName: 'Olivia Grant' }])
  expect(await listOwners(rabbit.orgId)).toEqual([])
})
