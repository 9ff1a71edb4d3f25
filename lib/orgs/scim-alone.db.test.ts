import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomBase62 } from '@/lib/crypto'
import { shutdown } from '@/lib/process'
import { checkToken } from './check-token'
import { getConnection, getProvisioning, putConnection } from './connections'
import { createOrg } from './create'
import type { Org } from './orgs'
import { previewOff, setProvisioningState } from './provisioning-state'
import { setScimMode } from './scim-mode'
import { setSignIn } from './sign-in-switch'
import { createToken } from './tokens'

const system = { kind: 'system' } as const
let org: Org
afterAll(shutdown)
beforeAll(async () => {
  const made = await createOrg(`fresh-${randomBase62(8).toLowerCase()}`, 'Fresh')
  if (!made) throw new Error('The org was not made')
  org = made
})

test('an org where nothing is set up has SCIM off, and its preview says nobody is concerned', async () => {
  expect(await getProvisioning(org.orgId)).toEqual({ scimState: 'off', mode: 'okta', lastRequestAt: null })
  expect(await previewOff(org.orgId)).toMatchObject({ state: 'off', held: 0, tokens: 0 })
})

test('SCIM is set up before sign-in, and sign-in later without losing it', async () => {
  const ctx = { org, actor: system }
  expect(await setScimMode(ctx, 'entra')).toMatchObject({ ok: true })
  expect((await getProvisioning(org.orgId)).scimState).toBe('off')
  expect(await setProvisioningState(ctx, 'pending')).toMatchObject({ ok: true })
  const made = await createToken(ctx)
  expect(made.ok && (await checkToken(made.token, null))).toMatchObject({ mode: 'entra', scimState: 'pending' })

  expect(await getConnection(org.orgId)).toBeNull()
  expect(await setSignIn(ctx, 'off')).toMatchObject({ ok: false })
  await putConnection(org.orgId, { issuer: 'https://fresh.okta.com', clientId: 'c', clientSecret: 's' })
  expect(await getConnection(org.orgId)).toMatchObject({ issuer: 'https://fresh.okta.com', scimState: 'pending' })
})
