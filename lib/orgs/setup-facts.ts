import 'server-only'
import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { connections, orgs, roleMappings, users } from '@/db/schema'
import { domains } from '@/db/schema-global'
import { type Tx, withOrg } from '@/db/tenant'
import { readEvents } from '@/lib/events/query'
import type { EventType } from '@/lib/events/types'
import type { EventView } from '@/lib/events/view'
import { hasClient } from './connections'
import type { HandshakeFacts, Light } from './setup'
import { listTokens } from './tokens'

/** Which of Okta's events turn a light on. */
const SHOWN_BY: Record<Light, readonly EventType[]> = {
  test: ['discovery.read', 'user.listed', 'user.looked_up', 'group.listed', 'user.created', 'user.updated'],
  lookup: ['user.looked_up'],
  person: ['user.created', 'user.updated', 'user.reactivated'],
  group: ['group.created', 'group.members_changed', 'group.updated'],
  role: ['role_mapping.changed'],
}
const PROBLEMS: readonly EventType[] = [
  'token.refused',
  'access.blocked',
  'request.rejected',
  'user.created',
  'user.updated',
  'group.created',
  'group.members_changed',
]
/** Beginnings of the types of event that change what the setup pages show. */
export const SETUP_CHANGES: string[] = [
  ...new Set([...Object.values(SHOWN_BY).flat(), ...PROBLEMS]),
  'signin.succeeded',
  'connection.',
  'token.',
  'setup.',
  'domain.',
  'user.',
]
/** Of each type so many rows are looked through, so that the page costs the same in a log of any size. */
const NEWEST = 500

export type SetupFacts = HandshakeFacts & {
  mode: 'okta' | 'entra' | 'strict'
  chosen: boolean
  client: { issuer: string; clientId: string; hint: string; setAt: Date } | null
  testedAt: Date | null
  /** Somebody has signed in through Okta, or a test went well. */
  signInWorks: boolean
  verifiedDomain: boolean
  finished: boolean
}

/** Everything the setup pages tell, read from what is stored and recorded. */
export async function getSetup(orgId: string, baseUrl: string): Promise<SetupFacts> {
  return withOrg(orgId, async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.orgId, orgId))
    const [org] = await tx.select({ doneAt: orgs.setupDoneAt }).from(orgs).where(eq(orgs.orgId, orgId))
    const [waiting] = await tx
      .select({ n: count() })
      .from(users)
      .where(and(eq(users.orgId, orgId), sql`${users.held}`, isNull(users.deletedAt)))
    const [domain] = await tx.select({ it: domains.domain }).from(domains).where(eq(domains.orgId, orgId)).limit(1)
    const [mapping] = await tx
      .select({ it: roleMappings.groupId })
      .from(roleMappings)
      .where(eq(roleMappings.orgId, orgId))
      .limit(1)
    const [token] = await listTokens(orgId)
    const succeeded = await newest(tx, orgId, 'success')
    const seen = seenIn(succeeded, token)
    const signedIn = succeeded.some(({ type }) => type === 'signin.succeeded')
    return {
      seen: mapping ? seen : { ...seen, role: null },
      problems: await newest(tx, orgId, 'problem'),
      nameless: await nameless(tx, orgId),
      scimState: row?.scimState ?? 'off',
      token: token ? { state: token.state } : null,
      held: waiting?.n ?? 0,
      baseUrl,
      mode: row?.mode ?? 'okta',
      chosen: row !== undefined,
      client:
        row && hasClient(row)
          ? { issuer: row.issuer, clientId: row.clientId, hint: row.clientSecretHint, setAt: row.clientSecretSetAt }
          : null,
      testedAt: row?.testedAt ?? null,
      signInWorks: row?.testedAt != null || signedIn,
      verifiedDomain: domain !== undefined,
      finished: org?.doneAt != null,
    }
  })
}

function seenIn(events: readonly EventView[], token: { id: string; state: string } | undefined) {
  const okta = events.filter(({ actorKind }) => actorKind === 'okta')
  const of = (light: Light, from: readonly EventView[]) =>
    from.filter(({ type }) => SHOWN_BY[light].some((each) => each === type)).reduce<EventView | null>(newer, null)
  const live = token?.state === 'live' || token?.state === 'ending'
  return {
    // The newest token has to be the one Okta uses.
    test: live
      ? of(
          'test',
          okta.filter(({ actorId }) => actorId === token?.id),
        )
      : null,
    lookup: of('lookup', okta),
    person: of('person', okta),
    group: of('group', okta),
    role: of('role', events),
  }
}

const newer = (a: EventView | null, b: EventView): EventView => (a && a.id > b.id ? a : b)

const LIT: readonly EventType[] = [...new Set([...Object.values(SHOWN_BY).flat(), 'signin.succeeded' as const])]

/** Of each type the newest event of Okta's or ours that went well, or the newest few that did not; newest first. */
async function newest(tx: Tx, orgId: string, which: 'success' | 'problem'): Promise<EventView[]> {
  const [types, outcomes, each] =
    which === 'success' ? [LIT, sql`('success', 'skipped')`, 1] : [PROBLEMS, sql`('failed', 'blocked')`, 5]
  const actor =
    which === 'success'
      ? sql`(actor_kind = 'okta' or k.v in ('role_mapping.changed', 'signin.succeeded'))`
      : sql`actor_kind <> 'user'`
  const keys = sql`unnest(array[${sql.join(
    types.map((type) => sql`${type}`),
    sql`, `,
  )}]::text[]) k(v)`
  const looked = sql`select * from events where org_id = ${orgId}::uuid and type = k.v order by id desc limit ${NEWEST}`
  const found = sql`select * from (${looked}) n where outcome in ${outcomes} and ${actor} order by id desc limit ${each}`
  return readEvents(tx, sql`select e.* from ${keys} cross join lateral (${found}) e order by e.id desc`)
}

/** Of the newest people Okta added, whom it sent without a surname and who still has none. */
async function nameless(tx: Tx, orgId: string): Promise<EventView[]> {
  // Cast in here: row-level security takes a cast in the join for one that may leak, and would read everybody.
  const added = sql`
    select *, case when outcome = 'success' then target_id::uuid end as person from events
    where org_id = ${orgId}::uuid and type = 'user.created' order by id desc limit ${NEWEST}`
  return readEvents(
    tx,
    sql`
    select e.* from (${added}) e
    join users u on u.org_id = ${orgId}::uuid and u.org_id = e.org_id and u.id = e.person
    where e.outcome = 'success' and e.actor_kind = 'okta' and u.deleted_at is null
      and coalesce(u.attributes -> 'name' ->> 'familyName', '') = ''
    order by e.id desc limit 100`,
  )
}
