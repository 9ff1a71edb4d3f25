import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, patchUser, type ScimWrite } from '@/lib/directory/scim-users'
import { getEvent, listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { shutdown } from '@/lib/process'
import type { Cookies } from './cookies'
import { cookieName } from './cookies'
import { createSession, newSessionToken } from './create-session'
import { explainDenial } from './denied'
import type { Ended } from './ended'
import { type RefusedSignIn, readNote, refuse } from './refusal'
import { watchSession } from './watch'

let porter: TestOrg
let rabbit: TestOrg
let write: ScimWrite

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  write = { org: porter, actor: { kind: 'okta', tokenId: 'test' }, options: { mode: 'okta' } }
})
afterAll(shutdown)

let n = 0
async function hire() {
  const { row } = await createUser(write, { userName: `person${++n}@${porter.domain}`, externalId: `00u${n}` })
  return row
}
const setActive = (id: string, active: boolean) =>
  patchUser(write, id, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', value: { active } }],
  })

async function open(userId: string, epoch = 1) {
  const token = newSessionToken(porter.orgId)
  const made = await createSession(porter.orgId, { token, userId, epoch, kind: 'okta' })
  if (!made.ok) throw new Error(made.reason)
  return { sessionId: made.sessionId, cookies: { [cookieName(porter.slug, 'session')]: token } }
}

/** The cookies a browser holds after the answer. */
const held = (response: Response): Cookies =>
  Object.fromEntries(
    response.headers.getSetCookie().map((line) => {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]
    }),
  )

describe('a refused sign-in', () => {
  test.each<[RefusedSignIn['reason'], RegExp]>([
    ['not_provisioned', /no account here/],
    ['wrong_org', /another company/],
    ['connection_off', /not set up/],
    ['not_assigned', /did not let you in/],
    ['unreachable', /cannot be reached/],
    ['misconfigured', /refused Rollcall/],
    ['wrong_issuer', /somewhere else/],
    ['okta_error', /could not sign you in/],
    ['changed', /changed just now/],
  ])('%s is an event, and /denied tells it from there', async (reason, title) => {
    const response = await refuse(porter, { reason, user: { id: null, name: 'ann@porter.example' } })
    expect(response.headers.get('location')).toMatch(new RegExp(`/denied\\?org=${porter.slug}$`))
    const denial = await explainDenial(porter.slug, held(response))
    expect(denial?.title).toMatch(title)
    const { events } = await listEvents(porter.orgId, { types: ['signin.refused'], limit: 1 })
    expect(events[0]).toMatchObject({ ref: denial?.ref, error: { scimType: reason }, outcome: 'blocked' })
  })

  test('of a deactivated person says who took the access away, and when', async () => {
    const { id, displayName } = await hire()
    const { eventId } = await setActive(id, false)
    const response = await refuse(porter, { reason: 'deactivated', user: { id, name: displayName } })
    const at = (await getEvent(porter.orgId, eventId))?.at
    expect(await explainDenial(porter.slug, held(response))).toMatchObject({
      text: 'Okta deactivated your account.',
      at,
    })
  })

  test('an old tab writes no event', async () => {
    const before = await listEvents(porter.orgId, { limit: 1 })
    const response = await refuse(porter, { reason: 'stale' })
    expect((await explainDenial(porter.slug, held(response)))?.title).toMatch(/too old/)
    expect(await listEvents(porter.orgId, { limit: 1 })).toEqual(before)
  })

  test('what anyone can cause by pressing a button writes one event a minute', async () => {
    const refs = []
    for (let i = 0; i < 3; i++) {
      const response = await refuse(rabbit, { reason: 'unreachable', cheap: true })
      refs.push((await explainDenial(rabbit.slug, held(response)))?.ref)
    }
    expect(new Set(refs).size).toBe(1)
  })
})

describe('the note in the browser', () => {
  test('is worth nothing changed, old, or at another org', async () => {
    const name = cookieName(porter.slug, 'denied')
    const cookies = held(await refuse(porter, { reason: 'not_provisioned' }))
    const note = cookies[name] ?? ''
    expect(readNote(porter.slug, cookies)?.ref).toMatch(/^[0-9a-f-]{36}$/)
    expect(readNote(porter.slug, { [name]: note.replace(/^./, '0f') })).toBeNull()
    expect(readNote(porter.slug, { [name]: `${note}x`.slice(1) })).toBeNull()
    expect(readNote(porter.slug, { [name]: 'stale' })).toBeNull()
    expect(readNote(rabbit.slug, { [cookieName(rabbit.slug, 'denied')]: note })).toBeNull()
    vi.useFakeTimers({ now: Date.now() + 11 * 60_000, toFake: ['Date'] })
    expect(readNote(porter.slug, cookies)).toBeNull()
    vi.useRealTimers()
  })

  test('without one, and without a session, nothing is told', async () => {
    expect(await explainDenial(porter.slug, {})).toBeNull()
    expect(await explainDenial('no-such-org', {})).toBeNull()
    expect(await explainDenial('NO/SLUG', {})).toBeNull()
  })
})

describe('an ended session', () => {
  test('tells by whom and when', async () => {
    const { id } = await hire()
    const { cookies } = await open(id)
    expect(await explainDenial(porter.slug, cookies)).toBeNull()
    const began = Date.now()
    await setActive(id, false)
    const denial = await explainDenial(porter.slug, cookies)
    expect(denial).toMatchObject({ title: 'You no longer have access', text: 'Okta deactivated your account.' })
    expect(new Date(denial?.at ?? 0).getTime()).toBeGreaterThanOrEqual(began)
  })

  test('reaches every open tab within a second, once, and the time is kept', async () => {
    const { id } = await hire()
    const [first, second, third] = [await open(id), await open(id), await open((await hire()).id)]
    const told: Ended[] = []
    const watch = ({ sessionId }: { sessionId: string }, userId = id) =>
      watchSession(porter.orgId, { sessionId, userId, onEnded: (why) => told.push(why) })
    const stops = [watch(first), watch(first), watch(second), watch(third, 'somebody else')]
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { eventId } = await setActive(id, false)
    await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: 1000, interval: 10 })
    expect(told[0]).toMatchObject({ by: 'Okta', reason: 'Okta deactivated your account' })
    await new Promise((resolve) => setTimeout(resolve, 1800))
    expect(told).toHaveLength(3)
    await flushEvents()
    expect((await getEvent(porter.orgId, eventId))?.timings.told).toMatchObject({ count: 3 })
    for (const stop of stops) stop()
  })
})
