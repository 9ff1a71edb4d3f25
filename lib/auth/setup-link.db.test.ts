import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '@/db/schema'
import { setupLinks } from '@/db/schema-proofs'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createLocalUser } from '@/lib/directory/local'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { readSession } from './session'
import { createSetupLink, endSetupLink, openSetupLink, readGuest, readSetupLink, redeemSetupLink } from './setup-link'

let porter: TestOrg
let rabbit: TestOrg
let adminId: string
afterAll(shutdown)
beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  const person = { userName: `adam@${porter.domain}`, displayName: 'Adam Clarke', email: `adam@${porter.domain}` }
  const { row } = await createLocalUser(porter.orgId, { ...person, manualRole: 'admin' }, { kind: 'system' })
  adminId = row.id
})

const ctx = () => ({ org: porter, actor: { kind: 'user', id: adminId, name: 'Adam Clarke' } as const })
const link = async () => (await createSetupLink(ctx(), adminId)).replace(/^.*\//, '')
const opened = async (token: string) => {
  const done = await redeemSetupLink(token, '203.0.113.9')
  if (!done) throw new Error('The link could not be used')
  return done.visit
}
const guest = (visit: string, slug = porter.slug) => readGuest(slug, visit)

test('a link works once, in its own org alone, and its visit is no session', async () => {
  const token = await link()
  expect(await readSetupLink(token)).toMatchObject({ orgName: 'Porter' })
  const visit = await opened(token)
  expect(await redeemSetupLink(token)).toBeNull()
  expect(await readSetupLink(token)).toBeNull()
  expect(await guest(visit)).toMatchObject({ orgId: porter.orgId, madeBy: { id: adminId, name: 'Adam Clarke' } })
  expect(await guest(visit, rabbit.slug)).toBeNull()
  expect(await guest(token)).toBeNull()
  expect(await readSession(porter.slug, visit)).toEqual({ kind: 'none' })
  const { events } = await listEvents(porter.orgId, { types: ['setup.*'] })
  expect(events.map(({ type }) => type)).toEqual(['setup.opened', 'setup.link_created'])
  expect(JSON.stringify(events)).not.toContain(token)
})

test('of a link only its hash is kept', async () => {
  const token = await link()
  const rows = await withOrg(porter.orgId, (tx) =>
    tx.select().from(setupLinks).where(eq(setupLinks.orgId, porter.orgId)),
  )
  expect(JSON.stringify(rows)).not.toContain(token.split('.')[1])
})

test('ending it, or making another, ends the link and what it opened', async () => {
  const visit = await opened(await link())
  await endSetupLink(ctx())
  expect(await guest(visit)).toBeNull()
  expect(await openSetupLink(porter.orgId)).toBeNull()
  const first = await link()
  const second = await link()
  expect(await redeemSetupLink(first)).toBeNull()
  expect(await guest(await opened(second))).not.toBeNull()
})

test('an old link, an old visit and a visit whose maker is no admin any more open nothing', async () => {
  const set = (values: Partial<typeof setupLinks.$inferInsert>) =>
    withOrg(porter.orgId, (tx) => tx.update(setupLinks).set(values).where(eq(setupLinks.orgId, porter.orgId)))
  const token = await link()
  await set({ expiresAt: new Date(Date.now() - 1000) })
  expect(await redeemSetupLink(token)).toBeNull()

  const visit = await opened(await link())
  const be = (role: 'member' | 'admin') =>
    withOrg(porter.orgId, (tx) => tx.update(users).set({ role }).where(eq(users.orgId, porter.orgId)))
  await be('member')
  expect(await guest(visit)).toBeNull()
  await be('admin')
  expect(await guest(visit)).not.toBeNull()
  await set({ visitExpiresAt: new Date(Date.now() - 1000) })
  expect(await guest(visit)).toBeNull()
})

test.each(['', 'x', 'a.b', `${'0'.repeat(22)}.${'a'.repeat(43)}`])('%o is no link and no visit', async (text) => {
  expect(await redeemSetupLink(text)).toBeNull()
  expect(await guest(text)).toBeNull()
})

test('two who open it at once: one gets in', async () => {
  const token = await link()
  const both = await Promise.all([redeemSetupLink(token), redeemSetupLink(token)])
  expect(both.filter(Boolean)).toHaveLength(1)
})
