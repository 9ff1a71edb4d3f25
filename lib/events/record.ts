import 'server-only'
import { sql } from 'drizzle-orm'
import { recordEvents, recordTimings, type Timing } from '@/db/functions'
import { ping } from '@/db/global'
import type { Tx } from '@/db/tenant'
import { env } from '@/lib/env'
import { once } from '@/lib/process'
import { batcher } from './batcher'
import { type EventDraft, type PreparedEvent, prepareEvent } from './event'
import { minuteWindow } from './minute-window'
import { wakePeople } from './wake'

/** Writes one event now, in a commit of its own. Returns its id; rejects when the database is away. */
export async function recordEvent(orgId: string, draft: EventDraft): Promise<string> {
  const { id, ...prepared } = prepareEvent(draft)
  await recordEvents(orgId, [prepared])
  wakePeople(orgId)
  return id
}

/**
 * Writes the event inside the caller's withOrg transaction, as its LAST statement: between an event's id and its commit
 * no more than a few seconds may pass. Call `wake(orgId)` after the commit. Returns the event's id.
 */
export async function recordIn(tx: Tx, orgId: string, draft: EventDraft): Promise<string> {
  const { id, ...prepared } = prepareEvent(draft)
  await recordPreparedIn(tx, orgId, prepared)
  return id
}

/** The same for an event whose id the transaction had to know before, such as sessions.ended_by_event. */
export async function recordPreparedIn(tx: Tx, orgId: string, prepared: PreparedEvent): Promise<void> {
  await tx.execute(sql.raw(`set local statement_timeout = '4s'`))
  await tx.execute(sql`select record_events(${orgId}::uuid, ${JSON.stringify([prepared])}::text::jsonb)`)
}

/** Past this many waiting reads only their rows are kept, so that payloads cannot fill the memory. */
const MAX_WITH_PAYLOAD = 1000

const reads = () =>
  once('events.reads', () => {
    openPoolFirst()
    return batcher<PreparedEvent>({
      name: 'reads',
      write: async (orgId, batch) => {
        await recordEvents(orgId, batch)
        wakePeople(orgId)
      },
    })
  })

/** Shutdown goes newest first: the pool has to be older than a batcher to still be there for its last flush. */
const openPoolFirst = () => void ping().catch(() => undefined)

function queue(orgId: string, draft: EventDraft): string {
  const { id, ...prepared } = prepareEvent(draft)
  reads().add(orgId, reads().size() < MAX_WITH_PAYLOAD ? prepared : { ...prepared, request: null, response: null })
  return id
}

/**
 * Queues the event of a read; it is in the database within a second and at shutdown at the latest. Where the process
 * may be frozen after the answer (ROLLCALL_SERVERLESS) await the result: it is written before.
 */
export function recordRead(orgId: string, draft: EventDraft): Promise<void> {
  queue(orgId, draft)
  return env().ROLLCALL_SERVERLESS ? reads().flush() : Promise.resolve()
}

export type RefusedToken = {
  /** `unknown`, `expired`, `revoked`, `malformed`, `spaced`, `doubled`, `missing`, `other-org`; others read as unknown. */
  reason: string
  /** Which one, where the secret was right and only its time is over. */
  token?: { id: string; hint: string } | undefined
  ip: string
  method?: string | undefined
  path?: string | undefined
  requestId?: string | undefined
}

const refusals = () =>
  once('events.refusals', () =>
    minuteWindow<RefusedToken>((orgId, { reason, token, ip, method, path, requestId }, count) => {
      const error = { status: 401, scimType: reason, detail: refusedDetail(reason, token) }
      const target = token && { kind: 'token' as const, id: token.id, name: `…${token.hint}` }
      const request = { actor: { kind: 'anonymous' }, target, method, path, requestId, ip, status: 401 } as const
      queue(orgId, { type: 'token.refused', outcome: 'blocked', error, count, ...request })
    }),
  )

const refusedDetail = (reason: string, token: RefusedToken['token']): string =>
  token
    ? `The token rollcall_…${token.hint} is one of this organization’s, but ${reason === 'expired' ? 'its time is over' : 'it was revoked'}.`
    : 'The bearer token is not one of this organization’s SCIM tokens.'

/** Notes a refused token: the first at once, those that follow as one row a minute per org, address, reason and token. */
export function recordRefusedToken(orgId: string, refused: RefusedToken): void {
  // The queue first: at shutdown the window closes into it, and it flushes after.
  reads()
  refusals().add(orgId, `${refused.reason} ${refused.token?.id ?? ''} ${refused.ip}`, refused)
}

export type Throttled = Pick<EventDraft, 'method' | 'path' | 'requestId' | 'ip' | 'trace'> & {
  tokenId: string
  kind: 'reads' | 'writes'
  detail: string
}

const throttles = () =>
  once('events.throttles', () => {
    const rows = new Map<string, string>()
    const window = minuteWindow<Throttled>((orgId, { tokenId, kind, detail, ...request }, count) => {
      const error = { status: 429, detail }
      const actor = { kind: 'okta', tokenId } as const
      const id = queue(orgId, {
        type: 'request.rejected',
        outcome: 'blocked',
        actor,
        error,
        count,
        ...request,
        status: 429,
      })
      rows.set(`${orgId} ${tokenId} ${kind}`, id)
    })
    return { rows, window }
  })

/**
 * Notes a request over its token's limit: the first at once, those that follow as one row a minute with their count.
 * Returns the id of the newest row, which stands for them all.
 */
export function recordThrottled(orgId: string, throttled: Throttled): string {
  // The queue first, as for refused tokens.
  reads()
  const { window, rows } = throttles()
  const key = `${throttled.tokenId} ${throttled.kind}`
  window.add(orgId, key, throttled)
  return rows.get(`${orgId} ${key}`) ?? ''
}

const timings = () =>
  once('events.timings', () => {
    openPoolFirst()
    return batcher<Timing>({ name: 'timings', write: recordTimings })
  })

/** Adds how long an event took, after the fact; the first measurement of a kind stays. Batched like reads. */
export function addTiming(orgId: string, eventId: string, name: 'total' | 'told', ms: number, count = 1): void {
  timings().add(orgId, { eventId, name, ms: Math.max(0, Math.round(ms)), count })
}

/** Writes whatever is queued now; tests and serverless hosts use it. */
export async function flushEvents(): Promise<void> {
  await Promise.all([reads().flush(), timings().flush()])
}
