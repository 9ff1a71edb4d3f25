import { afterAll, expect, test } from 'vitest'
import { makeTestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { getBrakeAlert } from '@/lib/orgs/brake'
import { shutdown } from '@/lib/process'
import { send, setActive } from './test/client'
import { makePeople } from './test/people'

afterAll(shutdown)

test('over the limit Okta reads 429, whole seconds to wait, a sentence and the event; the alarm counts people', async () => {
  const porter = await makeTestOrg('Porter', { brakeUsers: 1, brakeMinutes: 5 })
  const rabbit = await makeTestOrg('White Rabbit')
  const [a, b, c] = await makePeople(porter, 3)
  const [theirs] = await makePeople(rabbit, 1)
  const leave = (id: string | undefined, org = porter) => send(org, 'PATCH', `/Users/${id}`, setActive(false))
  expect((await leave(a)).status).toBe(200)
  const refused = await leave(b)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(refused.body).toMatchObject({
    status: '429',
    detail: expect.stringMatching(/Settings, General.*\(evt_\w{32}\)/),
  })
  await leave(b)
  const bulk = { method: 'DELETE', path: `/Users/${c}` }
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
  const answer = await send(porter, 'POST', '/Bulk', { schemas, Operations: [bulk] })
  expect(answer.body).toMatchObject({ Operations: [{ status: '429' }] })
  expect(await getBrakeAlert(porter.orgId)).toMatchObject({ limit: 1, minutes: 5, waiting: 2 })
  const { events } = await listEvents(porter.orgId, { limit: 20 })
  expect(events.filter((e) => e.type === 'provisioning.braked')).toHaveLength(1)
  expect((await leave(theirs, rabbit)).status).toBe(200)
})
