import postgres from 'postgres'
import { floorId } from '@/lib/events/id-range'

const DAY = 86_400_000
const BATCH = 1000

export type Retention = { eventDays: number; payloadDays: number }
export type MaintainResult = {
  partitionsMade: number
  partitionsDropped: string[]
  /** Months in use that could not be dropped now; the next run tries again. */
  partitionsBusy: string[]
  deleted: { events: number; payloads: number; timings: number; sessions: number; recoveryLinks: number }
}

/**
 * The owner's daily work: coming months of events, and retention. Months that are past whole are dropped; the rest
 * goes org by org in batches of 1,000, each its own commit, so nobody waits. `user_history` is kept.
 */
export async function maintain(
  ownerUrl: string,
  { eventDays, payloadDays }: Retention,
  now = Date.now(),
): Promise<MaintainResult> {
  const sql = postgres(ownerUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'rollcall maintain' },
  })
  try {
    const [made] = await sql<{ n: number }[]>`
      select make_event_partitions(((${new Date(now)}::timestamptz at time zone 'UTC') - interval '1 month')::date, 15) as n`
    const cuts = { events: now - eventDays * DAY, event_payloads: now - payloadDays * DAY }
    const drops = [
      await dropMonths(sql, 'events', cuts.events),
      await dropMonths(sql, 'event_payloads', cuts.event_payloads),
    ]
    const deleted = { events: 0, payloads: 0, timings: 0, sessions: 0, recoveryLinks: 0 }
    // Under forced row-level security the owner, too, sees one org at a time.
    for (const { org_id } of await sql<{ org_id: string }[]>`select distinct org_id from org_slugs`) {
      const [events, payloads, yesterday] = [floorId(cuts.events), floorId(cuts.event_payloads), new Date(now - DAY)]
      deleted.payloads += await inBatches(
        sql,
        org_id,
        (tx) => tx`
        delete from event_payloads where org_id = ${org_id} and event_id = any(array(
          select event_id from event_payloads where org_id = ${org_id} and event_id < ${payloads}
          order by event_id limit ${BATCH}))`,
      )
      deleted.timings += await inBatches(
        sql,
        org_id,
        (tx) => tx`
        delete from event_timings where org_id = ${org_id} and event_id = any(array(
          select event_id from event_timings where org_id = ${org_id} and event_id < ${events}
          order by event_id limit ${BATCH}))`,
      )
      deleted.events += await inBatches(
        sql,
        org_id,
        (tx) => tx`
        delete from events where org_id = ${org_id} and id = any(array(
          select id from events where org_id = ${org_id} and id < ${events} order by id limit ${BATCH}))`,
      )
      deleted.sessions += await inBatches(
        sql,
        org_id,
        (tx) => tx`
        delete from sessions where org_id = ${org_id} and id = any(array(
          select id from sessions where org_id = ${org_id}
            and (ended_at < ${yesterday} or expires_at < ${yesterday}) limit ${BATCH}))`,
      )
      deleted.recoveryLinks += await inBatches(
        sql,
        org_id,
        (tx) => tx`
        delete from recovery_links where org_id = ${org_id} and token_hash = any(array(
          select token_hash from recovery_links where org_id = ${org_id} and expires_at < ${yesterday} limit ${BATCH}))`,
      )
    }
    return {
      partitionsMade: made?.n ?? 0,
      partitionsDropped: drops.flatMap((d) => d.dropped),
      partitionsBusy: drops.flatMap((d) => d.busy),
      deleted,
    }
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function inBatches(
  sql: postgres.Sql,
  orgId: string,
  run: (tx: postgres.TransactionSql) => postgres.PendingQuery<postgres.Row[]>,
): Promise<number> {
  for (let total = 0; ; ) {
    const count = await sql.begin(async (tx) => {
      // Its own message, like withOrg (DISTRIBUTED §3); the id comes from a uuid column.
      await tx.unsafe(`set local app.org_id = '${orgId}'`)
      return (await run(tx)).count
    })
    total += count
    if (count < BATCH) return total
  }
}

/** Drops the months that ended before `cut`. A lock on the parent is waited for two seconds, then left for next time. */
async function dropMonths(sql: postgres.Sql, parent: 'events' | 'event_payloads', cut: number) {
  const months = await sql<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${parent}::regclass order by 1`
  const dropped: string[] = []
  const busy: string[] = []
  for (const { name } of months) {
    const [, year, month] = /_m(\d{4})(\d{2})$/.exec(name) ?? []
    // Month numbers count from 0, so this is the first moment of the next month.
    if (!year || !month || Date.UTC(Number(year), Number(month), 1) > cut) continue
    try {
      await sql.begin(async (tx) => {
        await tx.unsafe(`set local lock_timeout = '2s'`)
        await tx`drop table ${tx(name)}`
      })
      dropped.push(name)
    } catch (error) {
      if (!(error instanceof postgres.PostgresError && error.code === '55P03')) throw error
      busy.push(name)
    }
  }
  return { dropped, busy }
}
