import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { listCatalogue } from './catalogue'
import { entitlementSchema, listEntitlements, removeEntitlement, saveEntitlement } from './entitlement-catalogue'

let porter: TestOrg
let rabbit: TestOrg
const as = (org: TestOrg) => ({ org, actor: { kind: 'system' } as const })
const reports = { value: 'reports', displayName: 'Reports', type: null, description: 'May read reports' }

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const newest = async (org = porter) => (await listEvents(org.orgId, { limit: 1 })).events[0]

test('an entry is listed, published at /Entitlements, changed and removed, each with its event', async () => {
  await saveEntitlement(as(porter), reports, 'add')
  expect(await saveEntitlement(as(porter), { ...reports, displayName: 'Other' }, 'add')).toMatchObject({ why: 'taken' })
  expect(await listEntitlements(porter.orgId)).toEqual([reports])
  expect(await listCatalogue(porter.orgId, 'Entitlement', 'http://x')).toMatchObject([{ id: 'reports' }])
  expect(await newest()).toMatchObject({
    type: 'entitlement.changed',
    targetName: 'Reports (reports)',
    diff: [{ path: 'displayName', after: 'Reports' }, { path: 'description' }],
  })
  await saveEntitlement(as(porter), { ...reports, displayName: 'All reports' }, 'change')
  expect((await newest())?.diff).toEqual([{ path: 'displayName', before: 'Reports', after: 'All reports' }])
  expect(await saveEntitlement(as(porter), { ...reports, displayName: 'All reports' }, 'change')).toEqual({
    ok: true,
    eventId: null,
  })
  expect(await removeEntitlement(as(porter), 'reports')).toBe(true)
  expect(await removeEntitlement(as(porter), 'reports')).toBe(false)
  expect(await listEntitlements(porter.orgId)).toEqual([])
  expect(await saveEntitlement(as(porter), reports, 'change')).toMatchObject({ why: 'missing' })
})

test('another company sees nothing of it and removes nothing of it', async () => {
  await saveEntitlement(as(porter), reports, 'add')
  expect(await listEntitlements(rabbit.orgId)).toEqual([])
  expect(await removeEntitlement(as(rabbit), 'reports')).toBe(false)
  await saveEntitlement(as(rabbit), { ...reports, displayName: 'Tea' }, 'add')
  expect(await listEntitlements(porter.orgId)).toEqual([reports])
})

test.each([
  ['a value with a slash', { value: 'a/b' }],
  ['an empty value', { value: '  ' }],
  ['an empty name', { displayName: '' }],
  ['a book', { description: 'x'.repeat(301) }],
])('%s is refused with a sentence', (_, rest) => {
  const parsed = entitlementSchema.safeParse({ ...reports, ...rest })
  expect(parsed.success).toBe(false)
  expect(parsed.error?.issues[0]?.message).toMatch(/^[A-Z].*\.$/)
})
