import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { recordEvent } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import type { OrgContext } from './domains'
import { getOrg } from './orgs'
import { previewOff, setProvisioningState } from './provisioning-state'
import { previewRetention } from './retention-preview'
import { type SettingsInput, updateSettings } from './settings'

let porter: TestOrg
let rabbit: TestOrg
let ctx: OrgContext
afterAll(shutdown)
beforeEach(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  ctx = { org: porter, actor: { kind: 'user', id: porter.orgId, name: 'Adam Clarke' } }
})
const latest = async () => (await listEvents(porter.orgId, { limit: 1 })).events[0]

describe('settings', () => {
  test('are saved with their difference in one event, and nobody else’s are touched', async () => {
    const saved = await updateSettings(ctx, { name: '  Porter   Ltd ', eventDays: '90', brakeUsers: 20 })
    expect(saved).toEqual({ ok: true, eventId: expect.any(String) })
    expect(await getOrg(porter.orgId)).toMatchObject({ name: 'Porter Ltd', eventDays: 90, brakeUsers: 20 })
    expect(await latest()).toMatchObject({
      type: 'org.changed',
      actorName: 'Adam Clarke',
      diff: [
        { path: 'name', before: 'Porter', after: 'Porter Ltd' },
        { path: 'brakeUsers', after: 20 },
        { path: 'eventDays', before: 400, after: 90 },
      ],
    })
    expect(await getOrg(rabbit.orgId)).toMatchObject({ name: 'White Rabbit', eventDays: 400, brakeUsers: null })
  })

  test('that are the same write nothing', async () => {
    expect(await updateSettings(ctx, { name: 'Porter', jit: false })).toEqual({ ok: true, eventId: null })
    expect(await latest()).toBeUndefined()
  })

  test.each<[SettingsInput, string]>([
    [{ name: '  ' }, 'name'],
    [{ name: 'a'.repeat(101) }, 'name'],
    [{ name: 'Por\u202eter' }, 'name'],
    [{ domainPolicy: 'maybe' }, 'domainPolicy'],
    [{ brakeUsers: 0 }, 'brakeUsers'],
    [{ brakeUsers: 'many' }, 'brakeUsers'],
    [{ brakeMinutes: '1.5' }, 'brakeMinutes'],
    [{ eventDays: 29 }, 'eventDays'],
    [{ eventDays: 401 }, 'eventDays'],
    [{ payloadDays: '' }, 'payloadDays'],
    [{ eventDays: 30, payloadDays: 31 }, 'payloadDays'],
    [{ eventDays: 30, name: '' }, 'name'],
  ])('%j is refused at %s, and nothing of it is saved', async (patch, field) => {
    const saved = await updateSettings(ctx, patch)
    expect(saved).toEqual({ ok: false, fields: { [field]: expect.stringMatching(/\.$/) } })
    expect(await getOrg(porter.orgId)).toMatchObject({ name: 'Porter', eventDays: 400, brakeUsers: null })
  })
})

test('shorter retention says before what it would delete, of this org alone', async () => {
  await recordEvent(porter.orgId, {
    type: 'org.changed',
    outcome: 'success',
    actor: { kind: 'system' },
    request: { a: 1 },
  })
  const all = { eventDays: -1, payloadDays: -1 }
  expect(await previewRetention(porter.orgId, all)).toEqual({ events: 1, payloads: 1 })
  expect(await previewRetention(porter.orgId, { eventDays: 30, payloadDays: 1 })).toEqual({ events: 0, payloads: 0 })
  expect(await previewRetention(rabbit.orgId, all)).toEqual({ events: 0, payloads: 0 })
})

test('provisioning: every state from every other, one event each, and a preview that counts this org alone', async () => {
  for (const state of ['paused', 'pending', 'off', 'active'] as const) {
    expect(await setProvisioningState(ctx, state)).toMatchObject({ ok: true, eventId: expect.any(String) })
    expect(await latest()).toMatchObject({ type: 'connection.changed', diff: [{ path: 'scimState', after: state }] })
  }
  expect(await previewOff(porter.orgId)).toMatchObject({
    state: 'active',
    tokens: 1,
    people: { active: 0, inactive: 0 },
  })
  expect((await previewOff(rabbit.orgId))?.state).toBe('active')
  const orphan = { ...ctx, org: { ...porter, orgId: '00000000-0000-7000-8000-000000000000' } }
  expect(await setProvisioningState(orphan, 'off')).toMatchObject({ ok: false })
})
