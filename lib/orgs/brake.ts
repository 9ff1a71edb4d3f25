import 'server-only'
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { orgs, users } from '@/db/schema'
import { events } from '@/db/schema-events'
import { type Tx, withOrg } from '@/db/tenant'
import { floorId } from '@/lib/events/id-range'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { ScimError } from '@/lib/scim/errors'
import type { OrgContext } from './domains'

const MINUTE = 60_000
/** A trip nobody has answered for a day is over: the next one is told again. */
const TRIP_MS = 24 * 60 * MINUTE
const LEAVING = ['user.deactivated', 'user.deleted']

/** How many may leave in how many minutes, and what happened to it; null `users` is off. */
type BrakeColumns = Pick<
  typeof orgs.$inferSelect,
  'brakeUsers' | 'brakeMinutes' | 'brakeTrippedAt' | 'brakeReleasedUntil'
>

/** True when a leaver of this org has to pass the brake. Costs nothing: the org's row is at hand. */
export const isBrakeOn = (org: BrakeColumns): boolean => org.brakeUsers !== null

type Passed = { ok: true } | { ok: false; limit: number; minutes: number; retryAfter: number }

/**
 * Writes a leaver in one transaction with the count of those before: an org's leavers pass one after the other until
 * their commit, so that never more than the limit leave. Over it: ScimError 429 with Retry-After, one event per trip.
 */
export async function behindBrake<T>(orgId: string, userId: string, write: (tx: Tx) => Promise<T>): Promise<T> {
  const done = await withOrg(orgId, async (tx) => {
    const passed = await passBrake(tx, orgId, userId)
    return passed.ok ? { written: await write(tx) } : passed
  })
  if ('written' in done) return done.written
  await tripBrake(orgId, done)
  const { limit, minutes, retryAfter } = done
  const rule = `Rollcall lets ${limit === 1 ? 'one person' : `${limit} people`} leave within ${minutes} minutes, and so many have.`
  const how = 'Nothing was changed. An admin of Rollcall can release the brake under Settings, General'
  throw new ScimError(429, undefined, `${rule} ${how}; else try again in ${retryAfter} seconds.`, retryAfter)
}

/** Lets one more person leave, or says in how many seconds to try again. */
async function passBrake(tx: Tx, orgId: string, userId: string): Promise<Passed> {
  // A lock of its own, taken first of all: nobody who waits for it holds another.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`brake ${orgId}`}, 0))`)
  const [now] = await tx.select().from(orgs).where(eq(orgs.orgId, orgId))
  if (!now || now.brakeUsers === null) return { ok: true }
  const released = now.brakeReleasedUntil?.getTime() ?? 0
  if (released > Date.now()) return { ok: true }
  const since = Math.max(Date.now() - now.brakeMinutes * MINUTE, released)
  const left = await leavers(tx, orgId, since)
  if (left.some((each) => each.id === userId) || left.length < now.brakeUsers) return { ok: true }
  // With so many gone that one more fits again.
  const frees = left.at(now.brakeUsers - 1)?.at.getTime() ?? Date.now()
  const wait = Math.ceil((frees + now.brakeMinutes * MINUTE - Date.now()) / 1000)
  return { ok: false, limit: now.brakeUsers, minutes: now.brakeMinutes, retryAfter: Math.max(1, wait) }
}

/** Who left by Okta since then, newest first, each person once. */
async function leavers(tx: Tx, orgId: string, since: number): Promise<{ id: string; at: Date }[]> {
  const at = sql<string>`max(${events.at})`
  const rows = await tx
    .select({ id: events.targetId, at })
    .from(events)
    .where(
      and(
        eq(events.orgId, orgId),
        inArray(events.type, LEAVING),
        gt(events.id, floorId(since)),
        eq(events.actorKind, 'okta'),
        eq(events.outcome, 'success'),
        isNotNull(events.targetId),
      ),
    )
    .groupBy(events.targetId)
    .orderBy(desc(at))
  return rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, at: new Date(row.at) }]))
}

/** Notes that the brake holds somebody back, with one event per trip. */
async function tripBrake(orgId: string, { limit, minutes }: { limit: number; minutes: number }): Promise<void> {
  const now = new Date()
  const told = await withOrg(orgId, async (tx) => {
    const [org] = await tx
      .update(orgs)
      .set({ brakeTrippedAt: now })
      .where(
        and(
          eq(orgs.orgId, orgId),
          or(isNull(orgs.brakeTrippedAt), lt(orgs.brakeTrippedAt, new Date(now.getTime() - TRIP_MS))),
        ),
      )
      .returning({ name: orgs.name })
    if (!org) return false
    await recordIn(tx, orgId, {
      type: 'provisioning.braked',
      outcome: 'blocked',
      actor: { kind: 'system' },
      target: { kind: 'org', id: orgId, name: org.name },
      trace: [
        {
          step: 'policy',
          outcome: 'failed',
          text: `More than ${limit} people would leave within ${minutes} minutes; those beyond wait for an admin`,
        },
      ],
    })
    return true
  })
  if (told) wake(orgId)
}

export type BrakeAlert = { since: Date; limit: number; minutes: number; waiting: number }

/** What an admin has to know and decide: since when the brake holds people back, and how many. Null: nothing. */
export async function getBrakeAlert(orgId: string): Promise<BrakeAlert | null> {
  return withOrg(orgId, async (tx) => {
    const [org] = await tx.select().from(orgs).where(eq(orgs.orgId, orgId))
    if (!org || org.brakeUsers === null || !org.brakeTrippedAt) return null
    if (org.brakeTrippedAt.getTime() < Date.now() - TRIP_MS) return null
    const [row] = await tx
      .select({ n: sql<number>`count(distinct ${users.id})::int` })
      .from(events)
      .innerJoin(users, and(eq(users.orgId, events.orgId), sql`${users.id}::text = ${events.targetId}`))
      .where(
        and(
          eq(events.orgId, orgId),
          eq(events.outcome, 'failed'),
          eq(events.status, 429),
          gt(events.id, floorId(org.brakeTrippedAt.getTime() - MINUTE)),
          isNull(users.deletedAt),
          or(eq(users.active, true), eq(users.held, true)),
        ),
      )
    return { since: org.brakeTrippedAt, limit: org.brakeUsers, minutes: org.brakeMinutes, waiting: row?.n ?? 0 }
  })
}

/** How long an admin can let leavers through. */
export const RELEASE_MINUTES = [15, 60, 1440] as const

/** Lets everybody leave for a while; afterwards the count begins anew. */
export async function releaseBrake(
  { org, actor }: OrgContext,
  minutes: (typeof RELEASE_MINUTES)[number],
): Promise<void> {
  const { orgId, name } = org
  const until = new Date(Date.now() + minutes * MINUTE)
  await withOrg(orgId, async (tx) => {
    await tx.update(orgs).set({ brakeTrippedAt: null, brakeReleasedUntil: until }).where(eq(orgs.orgId, orgId))
    const diff = [{ path: 'brakeReleasedUntil', after: until.toISOString() }]
    const target = { kind: 'org', id: orgId, name } as const
    await recordIn(tx, orgId, { type: 'provisioning.released', outcome: 'success', actor, target, diff })
  })
  wake(orgId)
}
