import { afterAll, expect, test } from 'vitest'
import { makeTestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { checkToken } from './check-token'
import { getConnection } from './connections'
import { disconnectScim } from './disconnect-scim'
import { setScimMode } from './scim-mode'
import { createToken, listTokens, mintToken } from './tokens'

afterAll(shutdown)

const actor = { kind: 'user', id: newId(), name: 'Adam Clarke' } as const

test('disconnecting ends every live token and switches off, with an event for each', async () => {
  const org = await makeTestOrg('Porter')
  const ctx = { org, actor }
  const second = await createToken(ctx)
  await mintToken(org.orgId, { createdBy: 'test', expiresAt: new Date(Date.now() - 1) })
  expect((await disconnectScim(ctx)).ok).toBe(true)
  expect((await getConnection(org.orgId))?.scimState).toBe('off')
  expect(await checkToken(org.token, null)).toMatchObject({ refused: 'revoked' })
  expect(await checkToken(second.ok ? second.token : '', null)).toMatchObject({ refused: 'revoked' })
  expect((await listTokens(org.orgId)).map(({ state }) => state).sort()).toEqual(['expired', 'revoked', 'revoked'])
  const { events } = await listEvents(org.orgId, { types: ['token.revoked', 'connection.changed'], limit: 10 })
  expect(events.map(({ type }) => type).sort()).toEqual(['connection.changed', 'token.revoked', 'token.revoked'])
})

test('another company is untouched by it', async () => {
  const porter = await makeTestOrg('Porter')
  const rabbit = await makeTestOrg('White Rabbit')
  await disconnectScim({ org: porter, actor })
  expect(await checkToken(rabbit.token, null)).toMatchObject({ org: { orgId: rabbit.orgId }, scimState: 'active' })
})

test('the mode is set with its event; the same mode again is no change', async () => {
  const org = await makeTestOrg('Porter')
  const set = await setScimMode({ org, actor }, 'strict')
  const event = set.ok && set.eventId ? await getEvent(org.orgId, set.eventId) : null
  expect(event).toMatchObject({
    type: 'connection.changed',
    actorName: 'Adam Clarke',
    diff: [{ path: 'mode', before: 'okta', after: 'strict' }],
  })
  expect(await checkToken(org.token, null)).toMatchObject({ mode: 'strict' })
  expect(await setScimMode({ org, actor }, 'strict')).toEqual({ ok: true, eventId: null })
})
