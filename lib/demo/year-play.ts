import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { detailOf, sentenceText } from '@/lib/events/sentence'
import type { LensName, MomentId } from '@/lib/lens/year'
import type { OktaLine, Played, PlayedYear, Visit, YearRun } from '@/lib/lens/year-run'
import type { Org } from '@/lib/orgs/orgs'
import { once } from '@/lib/process'
import { type Browser, openBrowser } from './browser'
import { DemoError } from './errors'
import { oktaOf, type SystemLogLine } from './okta'
import { yearCompanies } from './year-companies'

const JOHN = { firstName: 'John', lastName: 'Doe', title: 'Night porter' }

/** A row of a refused sign-in may be the one of a try within the last minute: one cause is one row a minute. */
const SAME_MINUTE_MS = 61_000

type State = { run: YearRun | null; problem: string | null; playing: Promise<void> | null }
const state = () => once('demo.year', (): State => ({ run: null, problem: null, playing: null }))

/** The last play since this process began, and what went wrong with the last try. */
export const lastPlay = (): Pick<State, 'run' | 'problem'> => state()

/** Plays John's year at three companies of its own, by real requests. Two who press at once get the same play. */
export async function playYears(): Promise<void> {
  const now = state()
  now.playing ??= play().finally(() => {
    now.playing = null
  })
  return now.playing
}

async function play(): Promise<void> {
  const now = state()
  now.problem = null
  try {
    const companies = await yearCompanies()
    const [oidc, scim, both] = await Promise.all([
      playYear('oidc', companies.oidc),
      playYear('scim', companies.scim),
      playYear('both', companies.both),
    ])
    now.run = { playedAt: new Date().toISOString(), years: { oidc, scim, both } }
  } catch (error) {
    if (!(error instanceof DemoError)) throw error
    now.problem = error.message
  }
}

async function playYear(lens: LensName, org: Org): Promise<PlayedYear> {
  const login = `john.doe.${Date.now().toString(36)}@${org.slug}.example`
  const okta = oktaOf(org.slug)
  const browser = openBrowser()
  const provisions = lens !== 'oidc'
  const look = async (...paths: string[]) => {
    const visits: Visit[] = []
    for (const path of paths) visits.push(await browser.visit(path))
    return visits
  }
  const me = `/api/me?org=${org.slug}`
  const team = `/orgs/${org.slug}/team`
  const moment = (act: () => Promise<Visit[]>) => played(org, login, act)
  const signIn = async (...then: string[]) => [await comeIn(browser, org, login), ...(await look(me, ...then))]

  return {
    company: { slug: org.slug, name: org.name, admin: lens === 'scim' ? null : await adminOf(org.orgId) },
    moments: {
      hired: await moment(async () => {
        await okta.add({ ...JOHN, login })
        if (provisions) await okta.run(login, 'assign')
        return []
      }),
      'signs-in': await moment(() => signIn(team)),
      promoted: await moment(async () => {
        await okta.update(login, { roles: ['manager'] })
        return look(me, team)
      }),
      leaves: await moment(async () => {
        await okta.run(login, 'deactivate')
        return []
      }),
      'still-there': await moment(() => look(me, `/orgs/${org.slug}`)),
      returns: await moment(async () => {
        await okta.run(login, 'activate')
        return signIn()
      }),
    } satisfies Record<MomentId, Played>,
  }
}

const comeIn = (browser: Browser, { slug }: Org, login: string) => browser.signIn(slug, login)

/** Does what belongs to a moment, then asks both sides what they have of it. */
async function played(org: Org, login: string, act: () => Promise<Visit[]>): Promise<Played> {
  const since = new Date()
  const visits = await act()
  await flushEvents()
  const [lines, rows, john] = await Promise.all([
    oktaOf(org.slug).systemLog(`${JOHN.firstName} ${JOHN.lastName}`, since),
    rowsSince(org.orgId, since, visits),
    johnOf(org.orgId, login),
  ])
  return { at: since.toISOString(), okta: lines.map(toLine), visits, rows, john }
}

async function rowsSince(orgId: string, since: Date, visits: Visit[]): Promise<Played['rows']> {
  const { events } = await listEvents(orgId, { since, limit: 50 })
  const refused = visits.some(({ ended }) => ended.startsWith('/denied'))
  const earlier =
    refused && events.length === 0
      ? (
          await listEvents(orgId, {
            types: ['signin.refused'],
            since: new Date(since.getTime() - SAME_MINUTE_MS),
            limit: 1,
          })
        ).events
      : []
  return [...earlier, ...events.reverse()].map((event) => ({
    ref: event.ref,
    at: event.at,
    type: event.type,
    outcome: event.outcome,
    text: sentenceText(event),
    detail: detailOf(event),
    trace: event.trace ?? [],
  }))
}

async function johnOf(orgId: string, login: string): Promise<Played['john']> {
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ id: users.id, active: users.active, role: users.role })
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.userNameKey, login), isNull(users.deletedAt))),
  )
  return row ?? null
}

async function adminOf(orgId: string): Promise<string | null> {
  const [row] = await withOrg(orgId, (tx) =>
    tx
      .select({ login: users.userName })
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.role, 'admin'), isNull(users.deletedAt)))
      .limit(1),
  )
  return row?.login ?? null
}

function toLine({ at, name, text, request }: SystemLogLine): OktaLine {
  if (!request) return { at, name, text }
  const { method, url, requestBody, status, responseBody } = request
  const path = `${new URL(url).pathname}${new URL(url).search}`
  return {
    ...{ at, name, text },
    request: { method, url: path, sent: withoutPassword(requestBody), status, answer: withoutPassword(responseBody) },
  }
}

const withoutPassword = (body: unknown): unknown =>
  body === undefined || body === null
    ? null
    : JSON.parse(JSON.stringify(body, (key, value) => (key === 'password' ? '[redacted]' : value)))
