import 'server-only'
import { and, count, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { idpLinks, sessions, users } from '@/db/schema'
import { eventTimings } from '@/db/schema-events'
import { tasks } from '@/db/schema-tasks'
import { type Tx, withOrg } from '@/db/tenant'
import { listUsers } from '@/lib/directory/list-users'
import { type EventView, listEvents } from '@/lib/events/query'
import { detailOf, sentenceText } from '@/lib/events/sentence'
import { eventIdFromRef } from '@/lib/ids'
import { demoCompany } from './companies'
import { type DemoViewer, demoViewer } from './door'
import { OktaAwayError } from './errors'
import { type AttemptFacts, type CompanyFacts, type Facts, JOHN, type JohnFacts, type StoryEvent } from './facts'
import { oktaOf } from './okta'
import { storySince } from './run'

const SHOWN = 12
const PEOPLE = 100
/** A company's refusals of one sender are one row a minute: the row of an attempt may be a little older than it. */
const SAME_MINUTE_MS = 61_000

/** What both sides say right now. Each company is read by its own `withOrg`. */
export async function gatherFacts(): Promise<Facts> {
  const at = new Date().toISOString()
  const [ours, theirs] = await Promise.all([demoViewer('porter'), demoViewer('white-rabbit')])
  const since = await storySince(ours.orgId)
  const [okta, porter, whiteRabbit, john, attempt] = await Promise.all([
    gatherOkta(),
    gatherCompany(ours, since),
    gatherCompany(theirs, since),
    gatherJohn(ours),
    gatherAttempt(ours, theirs, since),
  ])
  return { at, okta, porter, whiteRabbit, john, attempt }
}

async function gatherOkta(): Promise<Facts['okta']> {
  const here = oktaOf('porter')
  try {
    const [porter, whiteRabbit] = await Promise.all([here.people(), oktaOf('white-rabbit').people()])
    const john = porter.find(({ login }) => login === JOHN.login)
    return { porter, whiteRabbit, sent: john ? await here.sentAbout(john.id) : [] }
  } catch (error) {
    if (error instanceof OktaAwayError) return null
    throw error
  }
}

async function gatherCompany({ orgId, orgSlug, orgName }: DemoViewer, since: Date): Promise<CompanyFacts> {
  const [{ users: people }, page] = await Promise.all([
    listUsers(orgId, { limit: PEOPLE }),
    listEvents(orgId, { since, limit: SHOWN }),
  ])
  const shown = people.map(({ id, displayName: name, userName: login, role, active }) => ({
    id,
    name,
    login,
    role,
    active,
  }))
  return { slug: orgSlug, name: orgName, people: shown, events: page.events.map(toStory) }
}

export const toStory = (event: EventView): StoryEvent => ({
  ref: event.ref,
  at: event.at,
  type: event.type,
  outcome: event.outcome,
  text: sentenceText(event),
  detail: detailOf(event),
  status: event.status,
  roleAfter: event.effects?.roleAfter ?? null,
  sessionsEnded: event.effects?.sessionsEnded ?? 0,
  trace: event.trace ?? [],
})

const findByLogin = (tx: Tx, orgId: string, login: string) =>
  tx
    .select()
    .from(users)
    .where(and(eq(users.orgId, orgId), eq(users.userNameKey, login), isNull(users.deletedAt)))
    .then(([row]) => row ?? null)

async function gatherJohn({ orgId }: DemoViewer): Promise<JohnFacts | null> {
  const found = await withOrg(orgId, async (tx) => {
    const row = await findByLogin(tx, orgId, JOHN.login)
    if (!row) return null
    const ofHim = and(eq(sessions.orgId, orgId), eq(sessions.userId, row.id), isNull(sessions.endedAt))
    const [live] = await tx
      .select({ n: count() })
      .from(sessions)
      .where(and(ofHim, gt(sessions.expiresAt, new Date())))
    const [link] = await tx
      .select({ sub: idpLinks.sub })
      .from(idpLinks)
      .where(and(eq(idpLinks.orgId, orgId), eq(idpLinks.userId, row.id)))
    return { row, live: live?.n ?? 0, sub: link?.sub ?? null }
  })
  if (!found) return null
  const { row, live, sub } = found
  const page = await listEvents(orgId, { targetId: row.id, limit: 50 })
  const life = page.events.map(toStory).reverse()
  const left = life.findLast(({ type }) => type === 'user.deactivated')
  return {
    ...personOf(row),
    externalId: row.externalId,
    linkedSub: sub,
    liveSessions: live,
    ...(await tasksOf(orgId, row.id, left?.at)),
    life,
    told: left ? await toldOf(orgId, left.ref) : null,
  }
}

const personOf = ({ id, displayName: name, userName: login, role, active }: typeof users.$inferSelect) => ({
  ...{ id, name, login, role, active },
})

async function tasksOf(orgId: string, userId: string, left: string | undefined) {
  const kept = left ? sql<number>`count(*) filter (where ${lt(tasks.createdAt, new Date(left))})::int` : sql<number>`0`
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ tasks: count(), tasksKept: kept })
      .from(tasks)
      .where(and(eq(tasks.orgId, orgId), eq(tasks.assigneeId, userId))),
  )
  return row ?? { tasks: 0, tasksKept: 0 }
}

async function toldOf(orgId: string, ref: string): Promise<JohnFacts['told']> {
  const id = eventIdFromRef(ref)
  if (!id) return null
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ ms: eventTimings.ms, count: eventTimings.count })
      .from(eventTimings)
      .where(and(eq(eventTimings.orgId, orgId), eq(eventTimings.eventId, id), eq(eventTimings.name, 'told'))),
  )
  return row ?? null
}

async function gatherAttempt(ours: DemoViewer, theirs: DemoViewer, since: Date): Promise<AttemptFacts> {
  const { people } = await demoCompany(theirs.orgSlug)
  const row = await withOrg(theirs.orgId, (tx) => findByLogin(tx, theirs.orgId, people.member))
  if (!row) throw new Error(`${people.member} is not at White Rabbit: start the demo with --fresh`)
  const named = await pathsNaming(ours.orgId, row.id, since)
  const of = (type: string) => named.find((event) => event.type === type) ?? null
  const blocked = of('access.blocked')
  const from = blocked ? new Date(Date.parse(blocked.at) - SAME_MINUTE_MS) : null
  const knocks = from ? await listEvents(theirs.orgId, { types: ['token.refused'], since: from, limit: 20 }) : null
  const refused = knocks?.events.find(({ error }) => error?.scimType === 'other-org')
  return {
    victim: { ...personOf(row), updatedAt: row.updatedAt.toISOString() },
    blocked,
    notFound: of('user.not_found'),
    refused: refused ? toStory(refused) : null,
  }
}

/** The newest refusals of a company whose request named this id. */
async function pathsNaming(orgId: string, id: string, since: Date): Promise<StoryEvent[]> {
  const page = await listEvents(orgId, { types: ['access.blocked', 'user.not_found'], since, limit: 50 })
  return page.events.filter(({ path }) => path?.includes(id)).map(toStory)
}
