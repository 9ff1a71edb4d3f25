import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { getConnection } from '@/lib/orgs/connections'
import { forgetProcess, shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { resealSecrets } from './reseal-secrets'
import { connections } from './schema'
import { withOrg } from './tenant'
import { makeTestOrg } from './test-orgs'

const key = (version: string, fill: string) => `${version}:${btoa(fill.repeat(32))}`
setEnvironment({ ROLLCALL_KEYS: key('v1', 'a') })

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
  forgetProcess()
  setEnvironment({ ROLLCALL_KEYS: `${key('v2', 'b')},${key('v1', 'a')}` })
  const { resealed, failed } = await resealSecrets(ownerUrl)
  expect(resealed).toBeGreaterThan(0)
  expect(failed).toContain(broken.orgId)
  expect(failed).not.toContain(porter.orgId)

  const [row] = await withOrg(porter.orgId, (tx) =>
    tx.select().from(connections).where(eq(connections.orgId, porter.orgId)),
  )
  expect(row?.clientSecret).toMatch(/^v2\./)
  const again = await resealSecrets(ownerUrl)
  expect(again.resealed).toBe(0)
  expect((await getConnection(porter.orgId))?.clientSecret).toBe('secret')
})
