import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { scimTokens } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { checkToken } from './check-token'
import type { OrgContext } from './domains'
import { createToken, listTokens, mintToken, revokeToken, rotateToken } from './tokens'

const DAY = 86_400_000
const actor = { kind: 'user', id: newId(), name: 'Adam Clarke' } as const

let porter: TestOrg
let ctx: OrgContext
/** The id of the token every test org has. */
let first: string

beforeEach(async () => {
  porter = await makeTestOrg('Porter')
  ctx = { org: porter, actor }
  first = porter.token.slice(31, 39)
})
afterAll(shutdown)

const works = async (token: string) => !('refused' in (await checkToken(token, null)))
const live = async () => (await listTokens(porter.orgId)).filter(({ state }) => state === 'live' || state === 'ending')
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)

function made(result: Awaited<ReturnType<typeof createToken>>) {
  if (!result.ok) throw new Error(result.sentence)
  return result
}

describe('createToken', () => {
  test('lasts a year unless told otherwise, works at once, and is in the log without its secret', async () => {
    const now = new Date()
    const token = made(await createToken(ctx, undefined, now))
    expect(token.expiresAt).toEqual(new Date(now.getTime() + 365 * DAY))
    expect(await works(token.token)).toBe(true)
    const event = await getEvent(porter.orgId, token.eventId)
    expect(event).toMatchObject({ type: 'token.created', actorName: 'Adam Clarke', targetId: token.id })
    expect(JSON.stringify(event)).not.toContain(token.token.slice(39, 71))
  })

  test('the table holds neither the token nor its secret', async () => {
    const token = made(await createToken(ctx))
    const row = await withOrg(porter.orgId, (tx) =>
      tx
        .select()
        .from(scimTokens)
        .where(and(eq(scimTokens.orgId, porter.orgId), eq(scimTokens.id, token.id))),
    )
    expect(JSON.stringify(row)).not.toContain(token.token.slice(39, 71))
    expect(row[0]?.secretHmac).toHaveLength(32)
  })

  test('twenty at once leave two live, with an event for each that was made', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => createToken(ctx)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.filter((each) => !each.ok && each.why === 'two-live')).toHaveLength(19)
    expect(await live()).toHaveLength(2)
    const { events } = await listEvents(porter.orgId, { types: ['token.created'], limit: 50 })
    expect(events).toHaveLength(1)
  })

  test('one that has run out or was revoked makes room', async () => {
    await mintToken(porter.orgId, { createdBy: 'test', expiresAt: new Date(Date.now() - 1) })
    const second = made(await createToken(ctx))
    await revokeToken(ctx, second.id)
    expect((await createToken(ctx)).ok).toBe(true)
  })
})

describe('rotateToken', () => {
  test('both work for a day, then the old one ends', async () => {
    const now = new Date()
    const next = made(await rotateToken(ctx, first, {}, new Date(now)))
    expect([await works(porter.token), await works(next.token)]).toEqual([true, true])
    // The test org's own token has an hour left, and an overlap never prolongs one.
    const [old] = (await live()).filter(({ id }) => id === first)
    expect(old?.state).toBe('ending')
    expect(old?.expiresAt.getTime()).toBeLessThanOrEqual(inHours(1).getTime())
  })

  test.each([1, 24, 72, 168] as const)('with an overlap of %i hours the old one ends then', async (overlap) => {
    const long = made(await createToken(ctx))
    await revokeToken(ctx, first)
    const now = new Date()
    const next = made(await rotateToken(ctx, long.id, { overlap }, now))
    const old = (await live()).find(({ id }) => id === long.id)
    expect(old?.expiresAt).toEqual(new Date(now.getTime() + overlap * 3_600_000))
    expect(await getEvent(porter.orgId, next.eventId)).toMatchObject({
      type: 'token.rotated',
      diff: expect.arrayContaining([{ path: 'replaced', before: `…${long.hint}`, after: `…${next.hint}` }]),
    })
  })

  test('at once: the old one is refused from the next request on', async () => {
    const next = made(await rotateToken(ctx, first, { overlap: 0 }))
    expect(await checkToken(porter.token, null)).toMatchObject({ refused: 'revoked' })
    expect(await works(next.token)).toBe(true)
  })

  test('with two live there is room for an overlap only after one is gone', async () => {
    made(await createToken(ctx))
    expect(await rotateToken(ctx, first)).toMatchObject({ ok: false, why: 'two-live' })
    expect((await rotateToken(ctx, first, { overlap: 0 })).ok).toBe(true)
    expect(await live()).toHaveLength(2)
  })

  test('racing rotations of one token leave two live at most', async () => {
    await Promise.all(Array.from({ length: 10 }, () => rotateToken(ctx, first)))
    expect(await live()).toHaveLength(2)
  })
})

describe('revokeToken', () => {
  test('ends it now and says who did', async () => {
    const done = await revokeToken(ctx, first)
    expect(await checkToken(porter.token, null)).toMatchObject({ refused: 'revoked' })
    const event = done.ok ? await getEvent(porter.orgId, done.eventId) : null
    expect(event).toMatchObject({ type: 'token.revoked', actorName: 'Adam Clarke', targetId: first })
  })

  test.each([
    ['revoked', () => revokeToken(ctx, first)],
    ['rotated', () => rotateToken(ctx, first)],
  ])('a token of another company cannot be %s: it is missing, like one that never was', async (_, attempt) => {
    const rabbit = await makeTestOrg('White Rabbit')
    ctx = { org: rabbit, actor }
    expect(await attempt()).toMatchObject({ ok: false, why: 'missing' })
    expect(await works(porter.token)).toBe(true)
  })
})
