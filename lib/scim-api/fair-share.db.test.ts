import { afterAll, expect, it } from 'vitest'
import { makeTestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import { send } from './test/client'
import { makePeople, patchOf } from './test/people'

afterAll(shutdown)

it('beside another company forty writes at once take turns: all are answered, and the event of one that waited says so', async () => {
  const [loud, calm] = [await makeTestOrg('Loud'), await makeTestOrg('Calm')]
  const ids = await makePeople(loud, 40)
  // Its token is remembered from here on, so that it is there before the writes are.
  await send(calm, 'GET', '/Users?count=1')
  const body = patchOf({ op: 'replace', value: { title: 'All at once' } })
  const answers = await Promise.all([
    send(calm, 'GET', '/Users?count=1'),
    ...ids.map((id) => send(loud, 'PATCH', `/Users/${id}`, body)),
  ])
  expect(answers.map(({ status }) => status)).toEqual(Array(41).fill(200))
  await flushEvents()
  const { events } = await listEvents(loud.orgId, { types: ['user.updated'], limit: 50 })
  const traces = await Promise.all(events.map(async ({ id }) => (await getEvent(loud.orgId, id))?.trace ?? []))
  const waited = traces.filter((steps) => steps.some(({ step, text }) => step === 'limit' && /^It waited/.test(text)))
  expect(traces).toHaveLength(40)
  expect(waited.length).toBeGreaterThan(0)
})
