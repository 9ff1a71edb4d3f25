import 'server-only'
import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm'
import { isUnavailable } from '@/db/errors'
import { events } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { timeOfId } from '@/lib/ids'
import { log } from '@/lib/log'
import { once, onShutdown } from '@/lib/process'
import { floorId } from './id-range'
import { bound, outside } from './outside'
import { toView } from './query'
import type { EventView } from './view'
import { subscribeWake } from './wake'

const TICK_MS = 1000
/**
 * Ids are made before their commit, so a smaller one may appear after a greater one was sent. Each tick looks back
 * further than a statement may take (10 s); a wake-up looks back a little, to stay cheap under load.
 */
const TICK_OVERLAP_MS = 15_000
const WAKE_OVERLAP_MS = 2_000
const MAX_IDS = 20_000
/** More than this at once is a gap: the newest are sent, and the page is told to load again. */
const MAX_ROWS = 1000

export type Subscriber = {
  /** New events, oldest first. After a reconnect some may come twice; drop by id. */
  onEvents: (events: EventView[]) => void
  /** Too much was missed to send all of it. */
  onGap?: (() => void) | undefined
  /** The database is away: whoever shows this as live would not tell the truth. Reading is tried again all the same. */
  onAway?: (() => void) | undefined
  /** The id to continue after (Last-Event-ID); without it the last seconds are sent. */
  after?: string | undefined
}

type Member = Subscriber & {
  /** Live events kept back until the backlog is read; null afterwards. */
  waiting: EventView[] | null
  /** What the backlog held that the hub itself had not seen yet. */
  ahead: Set<string>
  open: boolean
}
type Hub = {
  orgId: string
  members: Set<Member>
  seen: Set<string>
  greatest: string
  reading: Promise<void> | undefined
  again: number
  started: boolean
  stop: () => void
}

const hubs = () => once('events.hubs', () => new Map<string, Hub>())

/**
 * Gives a subscriber the org's events as they are committed, by whatever process. One hub per org reads the table, once
 * for all of its subscribers. Returns how to stop.
 */
export function subscribe(orgId: string, subscriber: Subscriber): () => void {
  const hub = hubs().get(orgId) ?? outside(() => startHub(orgId))
  const { after, onEvents, onGap, onAway } = subscriber
  const member: Member = {
    after,
    onEvents: bound(onEvents),
    onGap: onGap && bound(onGap),
    onAway: onAway && bound(onAway),
    waiting: [],
    ahead: new Set(),
    open: true,
  }
  hub.members.add(member)
  void outside(() => join(hub, member))
  return () => {
    member.open = false
    hub.members.delete(member)
    if (hub.members.size === 0) hub.stop()
  }
}

/** How many subscribers an org has in this process. */
export const subscribers = (orgId: string): number => hubs().get(orgId)?.members.size ?? 0

function startHub(orgId: string): Hub {
  const tick = setInterval(() => void read(hub, TICK_OVERLAP_MS), TICK_MS).unref()
  const unsubscribe = subscribeWake(orgId, () => void read(hub, WAKE_OVERLAP_MS))
  const stop = () => {
    clearInterval(tick)
    unsubscribe()
    offShutdown()
    if (hubs().get(orgId) === hub) hubs().delete(orgId)
  }
  const offShutdown = onShutdown(stop)
  const hub: Hub = {
    orgId,
    members: new Set(),
    seen: new Set(),
    greatest: floorId(Date.now()),
    reading: undefined,
    again: 0,
    started: false,
    stop,
  }
  hubs().set(orgId, hub)
  return hub
}

/** Reads the backlog of a new member while the hub keeps live events for it; then both, each once. */
async function join(hub: Hub, member: Member): Promise<void> {
  while (member.open) {
    try {
      if (!hub.started) await read(hub, TICK_OVERLAP_MS)
      const backlog = await readBacklog(hub.orgId, floorBefore(member.after ?? floorId(Date.now()), TICK_OVERLAP_MS))
      const byId = new Map([...backlog, ...(member.waiting ?? [])].map((event) => [event.id, event]))
      member.waiting = null
      member.ahead = new Set(backlog.map(({ id }) => id).filter((id) => !hub.seen.has(id)))
      if (!member.open) return
      if (backlog.length >= MAX_ROWS) member.onGap?.()
      if (byId.size > 0) member.onEvents([...byId.values()].sort(oldestFirst))
      return
    } catch (err) {
      cannotRead(err, [member])
      await new Promise((resolve) => setTimeout(resolve, TICK_MS).unref())
    }
  }
}

const oldestFirst = (a: EventView, b: EventView) => (a.id < b.id ? -1 : 1)

/** One read at a time; what asks meanwhile gets one more after it, as far back as the most thorough asked. */
function read(hub: Hub, overlap: number): Promise<void> {
  if (hub.reading) {
    hub.again = Math.max(hub.again, overlap)
    return hub.reading
  }
  const run = async () => {
    for (let next = overlap; next > 0; ) {
      hub.again = 0
      await readOnce(hub, next)
      next = hub.members.size > 0 ? hub.again : 0
    }
  }
  hub.reading = run()
    .catch((err) => cannotRead(err, hub.members))
    .finally(() => {
      hub.reading = undefined
    })
  return hub.reading
}

function cannotRead(err: unknown, members: Iterable<Member>) {
  log().warn({ err }, 'the event stream cannot read, trying again')
  if (!isUnavailable(err)) return
  for (const member of members) guarded(() => member.onAway?.())
}

async function readOnce(hub: Hub, overlap: number): Promise<void> {
  const { unseen, fresh } = await readUnseen(hub, floorBefore(hub.greatest, overlap))
  // Only now: what a failed transaction read counts as not seen.
  for (const id of unseen) {
    hub.seen.add(id)
    if (id > hub.greatest) hub.greatest = id
  }
  if (overlap === TICK_OVERLAP_MS) forget(hub)
  hub.started = true
  if (fresh.length === 0) return
  for (const member of hub.members) {
    const events = member.ahead.size > 0 ? fresh.filter(({ id }) => !member.ahead.delete(id)) : fresh
    if (member.waiting) member.waiting.push(...events)
    else if (events.length > 0) guarded(() => member.onEvents(events))
    if (unseen.length > fresh.length) guarded(() => member.onGap?.())
  }
}

/** First the ids alone, which the primary key answers by itself; then only the rows that are new. */
function readUnseen({ orgId, seen }: Hub, floor: string): Promise<{ unseen: string[]; fresh: EventView[] }> {
  return withOrg(orgId, async (tx) => {
    const found = await tx
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.orgId, orgId), gt(events.id, floor)))
      .orderBy(desc(events.id))
      .limit(MAX_IDS)
    const unseen = found.map(({ id }) => id).filter((id) => !seen.has(id))
    if (unseen.length === 0) return { unseen, fresh: [] }
    const rows = await tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, orgId), inArray(events.id, unseen.slice(0, MAX_ROWS))))
      .orderBy(asc(events.id))
    return { unseen, fresh: rows.map(toView) }
  })
}

function forget({ seen, greatest }: Hub) {
  const floor = floorBefore(greatest, 2 * TICK_OVERLAP_MS)
  for (const id of seen) if (id < floor) seen.delete(id)
}

/** An id from another machine may lie in the future; the look-back then starts from now. */
const floorBefore = (id: string, ms: number) => floorId(Math.min(timeOfId(id).getTime(), Date.now()) - ms)

async function readBacklog(orgId: string, floor: string): Promise<EventView[]> {
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, orgId), gt(events.id, floor)))
      .orderBy(desc(events.id))
      .limit(MAX_ROWS),
  )
  return rows.reverse().map(toView)
}

function guarded(fn: () => void) {
  try {
    fn()
  } catch (err) {
    log().error({ err }, 'a subscriber of the event stream failed')
  }
}
