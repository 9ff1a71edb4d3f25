import { eq } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { shutdown } from '@/lib/process'
import { connections } from './schema'
import { withOrg } from './tenant'
import { makeTestOrg } from './test-orgs'

const keys = vi.hoisted(() => {
  const key = (version: string, fill: string) => `${version}:${btoa(fill.repeat(32))}`
  const sets = { before: key('v1', 'a'), after: `${key('v2', 'b')},${key('v1', 'a')}` }
  process.env.ROLLCALL_KEYS = sets.before
  return sets
})

afterAll(shutdown)

const ownerUrl = process.env.DATABASE_OWNER_URL ?? ''
const sealed = (orgId: string) =>
  withOrg(orgId, async (tx) => {
    const rows = await tx.select().from(connections).where(eq(connections.orgId, orgId))
    return rows[0]?.clientSecret ?? ''
  })

test('after a change of keys every secret moves to the newest, and one that cannot be opened is named', async () => {
  const porter = await makeTestOrg('Porter')
  const broken = await makeTestOrg('White Rabbit')
  expect(await sealed(porter.orgId)).toMatch(/^v1\./)
  await withOrg(broken.orgId, (tx) => tx.update(connections).set({ clientSecret: 'v0.AAAA' }))

  // The next start of the process, with a newer key in front.
  await shutdown()
  process.env.ROLLCALL_KEYS = keys.after
  vi.resetModules()
  const anew = await import('./reseal-secrets')
  const { resealed, failed } = await anew.resealSecrets(ownerUrl)
  expect(resealed).toBeGreaterThan(0)
  expect(failed).toContain(broken.orgId)
  expect(failed).not.toContain(porter.orgId)

  const tenant = await import('./tenant')
  const [row] = await tenant.withOrg(porter.orgId, (tx) =>
    tx.select().from(connections).where(eq(connections.orgId, porter.orgId)),
  )
  expect(row?.clientSecret).toMatch(/^v2\./)
  const again = await anew.resealSecrets(ownerUrl)
  expect(again.resealed).toBe(0)
  const { getConnection: read } = await import('@/lib/orgs/connections')
  expect((await read(porter.orgId))?.clientSecret).toBe('secret')
  await (await import('@/lib/process')).shutdown()
})
