import postgres from 'postgres'
import { ownerConnection } from './owner'
import { type Deleted, listRetentions, nothingDeleted, purgeOrg } from './retention'

const DAY = 86_400_000

/** At most so many days, whatever an org has set; nothing said: what the orgs have set. */
export type Retention = { eventDays?: number; payloadDays?: number }
export type MaintainResult = {
  partitionsMade: number
  partitionsDropped: string[]
  /** Months in use that could not be dropped now; the next run tries again. */
  partitionsBusy: string[]
  /** Orgs another run was busy with. */
  orgsBusy: string[]
  deleted: Deleted
}
export type MaintainOptions = { now?: number; progress?: (line: string) => void }

/**
 * The owner's daily work: coming months of events, and retention. Months that are past whole for every org are dropped;
 * the rest goes org by org in batches of 1,000, each its own commit, so nobody waits. `user_history` is kept.
 */
export async function maintain(
  ownerUrl: string,
  caps: Retention = {},
  { now = Date.now(), progress = () => undefined }: MaintainOptions = {},
): Promise<MaintainResult> {
  const sql = ownerConnection(ownerUrl)
  try {
    const made = await makeMonths(sql, now)
    const orgs = await listRetentions(sql, caps, now)
    const drops = [
      await dropMonths(
        sql,
        'events',
        earliest(
          orgs.map((org) => org.eventsBefore),
          now - (caps.eventDays ?? 400) * DAY,
        ),
      ),
      await dropMonths(
        sql,
        'event_payloads',
        earliest(
          orgs.map((org) => org.payloadsBefore),
          now - (caps.payloadDays ?? 400) * DAY,
        ),
      ),
    ]
    const deleted = nothingDeleted()
    const orgsBusy: string[] = []
    for (const org of orgs) {
      if (!(await purgeOrg(sql, org, { now, progress, deleted }))) orgsBusy.push(org.name)
    }
    return {
      partitionsMade: made ?? 0,
      partitionsDropped: drops.flatMap((d) => d.dropped),
      partitionsBusy: [...(made === null ? ['the coming months'] : []), ...drops.flatMap((d) => d.busy)],
      orgsBusy,
      deleted,
    }
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** The first moment any org still keeps. */
const earliest = (kept: number[], otherwise: number): number =>
  kept.length > 0 ? kept.reduce((a, b) => Math.min(a, b)) : otherwise

/** Does `work` in a transaction that waits two seconds for a lock at the most. Null: somebody had it, so next time. */
async function unlessBusy(
  sql: postgres.Sql,
  work: (tx: postgres.TransactionSql) => Promise<number>,
): Promise<number | null> {
  try {
    return await sql.begin(async (tx) => {
      await tx.unsafe(`set local lock_timeout = '2s'`)
      return work(tx)
    })
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === '55P03') return null
    throw error
  }
}

/** Makes the months to come, more than a year ahead; gives how many are new. */
const makeMonths = (sql: postgres.Sql, now: number) =>
  unlessBusy(sql, async (tx) => {
    const [made] = await tx<{ n: number }[]>`
      select make_event_partitions(((${new Date(now)}::timestamptz at time zone 'UTC') - interval '1 month')::date, 15) as n`
    return made?.n ?? 0
  })

/** Drops the months that ended before `cut`, but for those in use. */
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
    const gone = await unlessBusy(sql, async (tx) => {
      await tx`drop table ${tx(name)}`
      return 1
    })
    if (gone === null) busy.push(name)
    else dropped.push(name)
  }
  return { dropped, busy }
}
