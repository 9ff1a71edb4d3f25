import 'server-only'
import { and, desc, eq, gte, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { byIndex } from '@/db/by-index'
import { connections, groups, orgs, scimTokens, users } from '@/db/schema'
import { events } from '@/db/schema-events'
import { type Tx, withOrg } from '@/db/tenant'
import { type Cause, groupCauses } from './causes'
import { type DirectoryState, directoryState } from './directory-state'
import { floorId } from './id-range'
import { toView } from './query'
import { isReadType, READ_TYPES } from './types'
import type { EventView } from './view'

const DAY = 86_400_000
/** How far back the directory's state is read: rows, by the primary key. */
const NEWEST = 200
/** Failures that are grouped by cause. */
const CAUSES = 500
const SHOWN_CAUSES = 5
const LATEST = 8
const COUNTED = 10_000
const EXPIRY_DAYS = 14

export type SetupStep = 'connection' | 'tested' | 'token' | 'request' | 'person' | 'group'

export type Overview = {
  directory: { state: DirectoryState; why: string; lastRequestAt: Date | null }
  /** Each exact to 10,000; 10,001 stands for more. */
  groups: number
  failures: number
  causes: Cause[]
  latest: EventView[]
  /** Live tokens that end within two weeks and have no successor. */
  expiring: { hint: string; expiresAt: Date }[]
  hasOwner: boolean
  setup: { done: SetupStep[]; finished: boolean }
}

/** What an admin wants to know first. Every statement reads a bounded part of an index, however large the org is. */
export async function getOverview(orgId: string, now = Date.now()): Promise<Overview> {
  return withOrg(orgId, async (tx) => {
    const since = floorId(now - DAY)
    const [connection] = await tx
      .select({ scimState: connections.scimState, testedAt: connections.testedAt, issuer: connections.issuer })
      .from(connections)
      .where(eq(connections.orgId, orgId))
    const tokens = await tx
      .select({
        hint: scimTokens.hint,
        expiresAt: scimTokens.expiresAt,
        rotatedAt: scimTokens.rotatedAt,
        revokedAt: scimTokens.revokedAt,
        lastUsedAt: scimTokens.lastUsedAt,
      })
      .from(scimTokens)
      .where(eq(scimTokens.orgId, orgId))
    const newest = await tx
      .select({ at: events.at, type: events.type, outcome: events.outcome, actorKind: events.actorKind })
      .from(events)
      .where(eq(events.orgId, orgId))
      .orderBy(desc(events.id))
      .limit(NEWEST)
    const wrong = and(
      eq(events.orgId, orgId),
      inArray(events.outcome, ['failed', 'blocked']),
      sql`${events.outcome} <> 'success'`,
      gte(events.id, since),
    )
    const failed = await tx.select().from(events).where(wrong).orderBy(desc(events.id)).limit(CAUSES)
    const latest = await tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, orgId), notInArray(events.type, [...READ_TYPES])))
      .orderBy(desc(events.id))
      .limit(LATEST)
    const facts = await readFacts(tx, orgId, since)

    const live = tokens.filter((t) => !t.revokedAt && t.expiresAt.getTime() > now)
    const used = tokens.flatMap((t) => (t.lastUsedAt ? [t.lastUsedAt] : []))
    const okta = newest.filter(({ actorKind }) => actorKind === 'okta')
    const seen = okta[0] ? [okta[0].at, ...used] : used
    const lastRequestAt = seen.reduce<Date | null>((last, at) => (last && last > at ? last : at), null)
    const directory = directoryState({
      scimState: connection?.scimState ?? null,
      liveTokens: live.length,
      lastRequestAt,
      refusedAt: newest.find(({ type }) => type === 'token.refused')?.at ?? null,
      writes: okta.filter(({ type }) => !isReadType(type)).map(({ outcome }) => outcome),
    })
    const steps: [SetupStep, boolean][] = [
      ['connection', connection?.issuer != null],
      ['tested', connection?.testedAt != null || facts.signedIn],
      ['token', tokens.length > 0],
      ['request', lastRequestAt !== null],
      ['person', facts.fromOkta],
      ['group', facts.groups > 0],
    ]
    const done = steps.flatMap(([step, is]) => (is ? [step] : []))
    return {
      directory: { ...directory, lastRequestAt },
      groups: facts.groups,
      failures: facts.failures,
      causes: groupCauses(failed.map(toView)).slice(0, SHOWN_CAUSES),
      latest: latest.map(toView),
      expiring: live.filter((t) => !t.rotatedAt && t.expiresAt.getTime() < now + EXPIRY_DAYS * DAY),
      hasOwner: facts.hasOwner,
      setup: { done, finished: facts.setupDone || done.length === steps.length },
    }
  })
}

type Facts = {
  groups: number
  failures: number
  fromOkta: boolean
  signedIn: boolean
  hasOwner: boolean
  setupDone: boolean
}

/** Small yes and no questions, and counts up to 10,001, in one statement. */
async function readFacts(tx: Tx, orgId: string, since: string): Promise<Facts> {
  const mine = sql`org_id = ${orgId}::uuid`
  const present = and(eq(users.orgId, orgId), isNull(users.deletedAt))
  const [row] = await byIndex<Facts>(
    tx,
    sql`select ${orgs.setupDoneAt} is not null as "setupDone",
      (select count(*)::int from (select 1 from ${groups} where ${mine} limit ${COUNTED + 1}) g) as groups,
      (select count(*)::int from (select 1 from ${events} where ${mine}
        and outcome in ('failed', 'blocked') and outcome <> 'success' and id >= ${since}::uuid limit ${COUNTED + 1}) f) as failures,
      exists (select 1 from ${users} where ${and(present, eq(users.source, 'okta'))}) as "fromOkta",
      exists (select 1 from ${events} where ${mine} and type = 'signin.succeeded') as "signedIn",
      exists (select 1 from ${users} where ${and(present, eq(users.role, 'owner'), eq(users.active, true))}
        and role <> 'member') as "hasOwner"
    from ${orgs} where ${orgs.orgId} = ${orgId}::uuid`,
  )
  if (!row) throw new Error('getOverview: the org does not exist')
  return row
}
