import type postgres from 'postgres'
import { floorId } from '@/lib/events/id-range'
import type { Retention } from './maintain'
import { inOrg, listOrgIds } from './owner'

const DAY = 86_400_000
const BATCH = 1000
const TOLD_EVERY = 10_000

/** From when on an org keeps what, in epoch milliseconds. */
export type OrgRetention = { orgId: string; name: string; eventsBefore: number; payloadsBefore: number }

const KINDS = [
  'payloads',
  'timings',
  'events',
  'hours',
  'sessions',
  'recoveryLinks',
  'setupLinks',
  'logoutTokens',
  'claims',
] as const
type Kind = (typeof KINDS)[number]
export type Deleted = Record<Kind, number>

export const nothingDeleted = (): Deleted => ({
  payloads: 0,
  timings: 0,
  events: 0,
  hours: 0,
  sessions: 0,
  recoveryLinks: 0,
  setupLinks: 0,
  logoutTokens: 0,
  claims: 0,
})

/** What each org keeps: its own settings, or less where the operator says so. */
export async function listRetentions(sql: postgres.Sql, caps: Retention, now: number): Promise<OrgRetention[]> {
  const found: OrgRetention[] = []
  for (const orgId of await listOrgIds(sql)) {
    const [org] = await inOrg(
      sql,
      orgId,
      (tx) => tx<{ name: string; event_days: number; payload_days: number }[]>`
        select name, event_days, payload_days from orgs where org_id = ${orgId}`,
    )
    if (!org) continue
    const before = (days: number, cap = days) => now - Math.min(days, cap) * DAY
    const eventsBefore = before(org.event_days, caps.eventDays)
    const payloadsBefore = Math.max(eventsBefore, before(org.payload_days, caps.payloadDays))
    found.push({ orgId, name: org.name, eventsBefore, payloadsBefore })
  }
  return found
}

type Purge = { now: number; progress: (line: string) => void; deleted: Deleted }

/**
 * Deletes what an org keeps no longer, adding to `deleted`. Nobody waits for it: old rows only, few at a time, each time
 * a commit. One run at a time by a lock of each transaction (a pooler keeps no session); false: another is at it.
 */
export async function purgeOrg(
  sql: postgres.Sql,
  org: OrgRetention,
  { now, progress, deleted }: Purge,
): Promise<boolean> {
  for (const kind of KINDS) {
    for (let mine = 0, told = 0; ; ) {
      const count = await inOrg(sql, org.orgId, async (tx) => {
        const [lock] = await tx<{ mine: boolean }[]>`
          select pg_try_advisory_xact_lock(hashtextextended(${`maintain ${org.orgId}`}, 0)) as mine`
        return lock?.mine ? (await statements[kind](tx, org, new Date(now - DAY))).count : null
      })
      if (count === null) return false
      mine += count
      deleted[kind] += count
      if (mine - told >= TOLD_EVERY) {
        told = mine
        progress(`${org.name}: ${mine.toLocaleString('en-US')} ${kind} deleted so far`)
      }
      if (count < BATCH) break
    }
  }
  return true
}

type Statement = (
  tx: postgres.TransactionSql,
  org: OrgRetention,
  yesterday: Date,
) => postgres.PendingQuery<postgres.Row[]>

const statements: Record<Kind, Statement> = {
  payloads: (tx, { orgId, payloadsBefore }) => tx`
    delete from event_payloads where org_id = ${orgId} and event_id = any(array(
      select event_id from event_payloads where org_id = ${orgId} and event_id < ${floorId(payloadsBefore)}
      order by event_id limit ${BATCH}))`,
  timings: (tx, { orgId, eventsBefore }) => tx`
    delete from event_timings where org_id = ${orgId} and event_id = any(array(
      select event_id from event_timings where org_id = ${orgId} and event_id < ${floorId(eventsBefore)}
      order by event_id limit ${BATCH}))`,
  events: (tx, { orgId, eventsBefore }) => tx`
    delete from events where org_id = ${orgId} and id = any(array(
      select id from events where org_id = ${orgId} and id < ${floorId(eventsBefore)} order by id limit ${BATCH}))`,
  hours: (tx, { orgId, eventsBefore }) => tx`
    delete from event_hours where org_id = ${orgId} and (hour, type, outcome) in (
      select hour, type, outcome from event_hours where org_id = ${orgId} and hour < ${new Date(eventsBefore - 3_600_000)}
      order by hour limit ${BATCH})`,
  sessions: (tx, { orgId }, yesterday) => tx`
    delete from sessions where org_id = ${orgId} and id = any(array(
      select id from sessions where org_id = ${orgId}
        and (ended_at < ${yesterday} or expires_at < ${yesterday}) limit ${BATCH}))`,
  recoveryLinks: (tx, { orgId }, yesterday) => tx`
    delete from recovery_links where org_id = ${orgId} and token_hash = any(array(
      select token_hash from recovery_links where org_id = ${orgId} and expires_at < ${yesterday} limit ${BATCH}))`,
  setupLinks: (tx, { orgId }, yesterday) => tx`
    delete from setup_links where org_id = ${orgId} and id = any(array(
      select id from setup_links where org_id = ${orgId} and expires_at < ${yesterday}
        and coalesce(visit_expires_at, expires_at) < ${yesterday} limit ${BATCH}))`,
  logoutTokens: (tx, { orgId }, yesterday) => tx`
    delete from used_logout_tokens where org_id = ${orgId} and jti = any(array(
      select jti from used_logout_tokens where org_id = ${orgId} and expires_at < ${yesterday} limit ${BATCH}))`,
  // A claim nobody proved is shown as expired for a month.
  claims: (tx, { orgId }, yesterday) => tx`
    delete from domain_claims where org_id = ${orgId} and domain = any(array(
      select domain from domain_claims where org_id = ${orgId} and verified_at is null
        and expires_at < ${yesterday}::timestamptz - interval '30 days' limit ${BATCH}))`,
}
