import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { connections } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { randomBase62 } from '@/lib/crypto'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { checkToken } from './check-token'
import { getConnection, getProvisioning, putConnection } from './connections'
import { createOrg } from './create'
import { type ProvisioningState, setProvisioningState } from './provisioning-state'
import { chooseIdp, openScim, type SetupContext, setClient } from './setup-work'
import { listTokens } from './tokens'

afterAll(shutdown)

async function fresh(guest: boolean): Promise<SetupContext> {
  const org = await createOrg(`fresh-${randomBase62(8).toLowerCase()}`, 'Fresh')
  if (!org) throw new Error('The org was not made')
  return { org, actor: { kind: 'system' }, guest }
}
const client = { issuer: 'https://fresh.okta.com', clientId: 'c', clientSecret: 's' }

test('a guest brings up provisioning where nothing is, and whoever comes by it is reviewed', async () => {
  const ctx = await fresh(true)
  const { orgId } = ctx.org
  expect(await chooseIdp(ctx, 'entra')).toMatchObject({ ok: true })
  // Review is no choice of a guest.
  const opened = await openScim(ctx, 'active')
  expect(opened.ok && (await checkToken(opened.token, null))).toMatchObject({ mode: 'entra', scimState: 'pending' })
  expect((await openScim(ctx, 'active')).ok).toBe(true)
  expect(await openScim(ctx, 'active')).toMatchObject({ ok: false, problem: expect.stringMatching(/^Two tokens/) })
  expect((await getProvisioning(orgId)).scimState).toBe('pending')
  const { events } = await listEvents(orgId, { types: ['token.created', 'connection.changed'] })
  expect(events).toHaveLength(4)
})

test.each<ProvisioningState>(['active', 'paused'])(
  'provisioning that is %s is no guest’s any more: no token, no other mode',
  async (state) => {
    const ctx = await fresh(true)
    const { orgId } = ctx.org
    await setProvisioningState(ctx, state)
    const refused = { ok: false, problem: expect.stringMatching(/in use already: an admin/) }
    expect(await openScim(ctx, 'pending')).toEqual(refused)
    expect(await chooseIdp(ctx, 'strict')).toEqual(refused)
    expect(await listTokens(orgId)).toEqual([])
    expect(await getProvisioning(orgId)).toMatchObject({ scimState: state, mode: 'okta' })
    expect(await chooseIdp({ ...ctx, guest: false }, 'strict')).toMatchObject({ ok: true })
    expect((await openScim({ ...ctx, guest: false }, 'pending')).ok).toBe(true)
    expect((await getProvisioning(orgId)).scimState).toBe(state)
  },
)

test('a client that was tested is no guest’s any more; one that was not is', async () => {
  const ctx = await fresh(true)
  const { orgId } = ctx.org
  await putConnection(orgId, client)
  // The same issuer is not asked again.
  expect(await setClient(ctx, { ...client, clientId: 'mine' })).toMatchObject({ ok: true })
  await putConnection(orgId, client)
  await withOrg(orgId, (tx) => tx.update(connections).set({ testedAt: new Date() }).where(eq(connections.orgId, orgId)))
  expect(await setClient(ctx, { ...client, clientId: 'evil' })).toEqual({
    ok: false,
    fields: { issuer: expect.stringMatching(/in use already: an admin/) },
  })
  expect(await getConnection(orgId)).toMatchObject({ clientId: 'c' })
})

test.each(['active', 'pending'] as const)('an admin chooses: whoever Okta adds is %s', async (wanted) => {
  const ctx = await fresh(false)
  expect((await openScim(ctx, wanted)).ok).toBe(true)
  expect((await getProvisioning(ctx.org.orgId)).scimState).toBe(wanted)
})
