import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { TestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { cookieName } from './cookies'
import { createSession, newSessionToken } from './create-session'
import { sessionsOf } from './me'
import { endAllSessions, endSession, listSessions } from './sessions'
import { type Hired, hire, startBed } from './test/bed'

let bed: Awaited<ReturnType<typeof startBed>>
let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  bed = await startBed()
  ;({ porter, rabbit } = bed)
})
afterAll(() => bed.close())

const admin = { kind: 'user', id: newId(), name: 'Adam Clarke' } as const
const ctx = (org = porter) => ({ org, actor: admin })

async function cookieOf({ org, id }: Hired) {
  const token = newSessionToken(org.orgId)
  const made = await createSession(org.orgId, { token, userId: id, epoch: 1, kind: 'okta', userAgent: 'Firefox/140' })
  if (!made.ok) throw new Error(made.reason)
  return token
}

describe('ending sessions', () => {
  test('one ends, the other lives, and the event counts it', async () => {
    const john = await hire(porter)
    const [first, second] = [await bed.open(john), await bed.open(john)]
    const { sessionId } = await first()
    expect(await listSessions(porter.orgId, john.id)).toHaveLength(2)
    const ended = await endSession(ctx(), john.id, sessionId)
    await expect(first()).rejects.toThrow('ended')
    expect((await second()).userId).toBe(john.id)
    expect(await getEvent(porter.orgId, ended?.eventId ?? '')).toMatchObject({
      type: 'session.ended',
      actorName: 'Adam Clarke',
      targetId: john.id,
      effects: { sessionsEnded: 1 },
    })
    // Over already: nothing to do, nothing to tell.
    expect(await endSession(ctx(), john.id, sessionId)).toBeNull()
  })

  test('all end but the one kept, and with them every sign-in under way; the account stays', async () => {
    const john = await hire(porter)
    const [kept, ...others] = [await bed.open(john), await bed.open(john), await bed.open(john)]
    const ended = await endAllSessions(ctx(), john.id, (await kept()).sessionId)
    expect(ended?.sessionsEnded).toBe(2)
    for (const look of others) await expect(look()).rejects.toThrow('ended')
    expect((await kept()).role).toBe('member')
    // What was admitted before, with the old epoch, opens nothing; a new sign-in does.
    const late = { token: newSessionToken(porter.orgId), userId: john.id, epoch: 1, kind: 'okta' as const }
    expect(await createSession(porter.orgId, late)).toEqual({ ok: false, reason: 'changed' })
    expect((await (await bed.open(john))()).userId).toBe(john.id)
    const [row] = await withOrg(porter.orgId, (tx) => tx.select().from(users).where(eq(users.id, john.id)))
    expect(row).toMatchObject({ active: true, role: 'member' })
  })

  test('another person’s session, another org’s, an invented or a malformed one: nothing ends, nothing is told', async () => {
    const [john, jane, wanda] = [await hire(porter), await hire(porter), await hire(rabbit)]
    const [johns, wandas] = [await bed.open(john), await bed.open(wanda)]
    const { sessionId } = await johns()
    const foreign = (await wandas()).sessionId
    for (const [user, session] of [
      [jane.id, sessionId],
      [john.id, foreign],
      [wanda.id, foreign],
      [john.id, newId()],
      [john.id, 'x'],
      ['x', sessionId],
    ] as const) {
      expect(await endSession(ctx(), user, session)).toBeNull()
    }
    expect(await endAllSessions(ctx(), wanda.id)).toBeNull()
    expect(await listSessions(porter.orgId, wanda.id)).toEqual([])
    expect(await listSessions(porter.orgId, 'x')).toEqual([])
    expect([(await johns()).userId, (await wandas()).userId]).toEqual([john.id, wanda.id])
    expect((await listEvents(porter.orgId, { types: ['session.ended'], targetId: wanda.id })).events).toEqual([])
  })
})

describe('the sessions a browser holds', () => {
  test('are each read in their own org, and a cookie under another org’s name is none', async () => {
    const [john, wanda] = [await hire(porter), await hire(rabbit)]
    const [johns, wandas] = [await cookieOf(john), await cookieOf(wanda)]
    const [p, r] = [cookieName(porter.slug, 'session'), cookieName(rabbit.slug, 'session')]
    const who = async (cookies: Record<string, string>) =>
      (await sessionsOf(cookies, null, false)).map(({ orgSlug, userId }) => ({ orgSlug, userId }))
    const [mine, theirs] = [
      { orgSlug: porter.slug, userId: john.id },
      { orgSlug: rabbit.slug, userId: wanda.id },
    ]
    expect(await who({ [p]: johns, [r]: wandas })).toEqual([mine, theirs])
    expect(await who({ [p]: wandas, [r]: johns })).toEqual([])
    expect(await who({ [p]: johns, [r]: johns })).toEqual([mine])
    // An org's prefix in front of another org's secret finds nothing.
    const forged = `${wandas.split('.')[0]}.${johns.split('.')[1]}`
    expect(await who({ [p]: forged, [r]: forged, [cookieName('no-such-org', 'session')]: johns })).toEqual([])
    await endAllSessions(ctx(rabbit), wanda.id)
    expect(await who({ [p]: johns, [r]: wandas })).toEqual([mine])
  })
})
