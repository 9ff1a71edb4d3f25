import { setTimeout as pause } from 'node:timers/promises'
import { company, tokenOf } from '../companies'
import { type Context, numberRow, type Part } from '../context'
import { memoryOf } from '../cpu'
import { superuser } from '../data'
import type { Outcome } from '../load'
import type { Client } from '../stack'
import { median } from '../stats'
import { ms, type Row, short } from '../table'

/** Twenty companies at once for minutes: nothing lost, nothing held, nobody disturbed. */
export const soakParts: Part[] = [
  { name: 'soak', when: 'named', run: soak },
  { name: 'noisy', when: 'named', run: noisy },
]

const COMPANIES = 20
const CLIENTS = 64
const MINUTE = 60
/** Of the time, before memory and times count: code is compiled, caches fill, the heap finds its size. */
const WARM_UP = 1 / 3

/** `part`: in the names it makes, so that what one part made is not in the way of another. */
type Tenant = { orgId: string; slug: string; token: string; next: number; part: string }

async function openTenants(part: string): Promise<Tenant[]> {
  const tenants: Tenant[] = []
  for (let i = 1; i <= COMPANIES; i++) {
    const slug = `bench-s${i}`
    const orgId = await company(slug)
    tenants.push({ orgId, slug, token: await tokenOf(orgId), next: 0, part })
  }
  return tenants
}

async function soak(context: Context): Promise<Row[]> {
  const { options, say } = context
  const seconds = options.secondsGiven ? options.seconds : 5 * MINUTE
  const tenants = await openTenants('soak')
  const before = await writesOf(context, tenants)
  say(`  soak: ${CLIENTS} clients, ${COMPANIES} companies, ${seconds} s, the first third to warm up …`)
  const warm = await watched(context, tenants, seconds * WARM_UP)
  const rest = await watched(context, tenants, seconds * (1 - WARM_UP))
  // Timings and reads are written within a second of their request.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  return judged(warm, rest, (await writesOf(context, tenants)) - before)
}

/** What the clients saw, and the memory the process ends with: the middle of what it held in the last tenth. */
type Watched = { outcomes: Outcome[]; memory: number | null }

async function watched(context: Context, tenants: Tenant[], seconds: number): Promise<Watched> {
  const held: number[] = []
  const timer = setInterval(() => {
    const now = memoryOf(context.stack.app().pid)
    if (now !== null) held.push(now)
  }, 1000)
  try {
    const outcomes = await all(context, tenants, seconds)
    const last = held.slice(-Math.max(3, Math.round(seconds / 10)))
    return { outcomes, memory: last.length > 0 ? median(last) : null }
  } finally {
    clearInterval(timer)
  }
}

/** Each company has its share of the clients, all at once. */
function all(context: Context, tenants: Tenant[], seconds: number): Promise<Outcome[]> {
  const share = (i: number) => Math.floor(CLIENTS / COMPANIES) + (i < CLIENTS % COMPANIES ? 1 : 0)
  return Promise.all(tenants.map((tenant, i) => send(context, tenant, share(i), seconds)))
}

type Pace = { perSecond: number; after: number; client?: Client }

async function send({ stack, tag }: Context, tenant: Tenant, connections: number, seconds: number, paced?: Pace) {
  const { client = stack.client, ...pace } = paced ?? {}
  const outcome = await client.run({
    kind: 'mix',
    origin: stack.appUrl,
    token: tenant.token,
    connections,
    facts: { base: `/scim/v2/${tenant.slug}`, tag: `${tenant.part}.${tag}` },
    from: tenant.next,
    seconds,
    ...pace,
  })
  tenant.next = outcome.next
  return outcome
}

/** Rows of writes that were answered 2xx: those that changed something, and those that did not. */
async function writesOf({ stack }: Context, tenants: Tenant[]): Promise<number> {
  const sql = superuser(stack.postgres.superUrl)
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from events where org_id = any(${tenants.map(({ orgId }) => orgId)}::uuid[])
      and method in ('POST', 'PUT', 'PATCH', 'DELETE') and status between 200 and 299`
  await sql.end()
  return row?.n ?? 0
}

function judged(warm: Watched, rest: Watched, rows: number): Row[] {
  const outcomes = [...warm.outcomes, ...rest.outcomes]
  const sum = (pick: (o: Outcome) => number) => outcomes.reduce((total, each) => total + pick(each), 0)
  const failed = sum((o) => Object.entries(o.statuses).reduce((n, [s, count]) => n + (Number(s) >= 500 ? count : 0), 0))
  const broken = sum((o) => o.broken)
  const written = sum((o) => o.written)
  const [p50, p99] = [median(rest.outcomes.map((o) => o.p50)), median(rest.outcomes.map((o) => o.p99))]
  const grown = warm.memory && rest.memory ? rest.memory / warm.memory : null
  const row = (what: string, value: string, target: string, holds: boolean | null, range = '') =>
    numberRow('soak', `soak: ${what}`, value, { target, holds, range })
  return [
    row('requests', `${sum((o) => o.requests).toLocaleString('en-US')}`, '', null),
    row('5xx and broken', `${failed} and ${broken}`, 'none', failed + broken === 0),
    row('2xx to writes = rows of writes', `${written} = ${rows}`, 'equal', written === rows),
    row('p99 and p50', `${ms(p99)} and ${ms(p50)}`, 'p99 ≤ 10 × p50', p99 <= 10 * p50),
    row(
      'memory at the end ÷ after the first third',
      grown ? short(grown) : '–',
      '≤ 1.2',
      grown === null ? null : grown <= 1.2,
      grown ? `${short(warm.memory ?? 0)} - ${short(rest.memory ?? 0)} MiB` : '',
    ),
  ]
}

/** What everybody has who sets nothing (lib/limits.ts). */
const LIMITS = {
  ROLLCALL_LIMIT_SCIM_READS: '1200',
  ROLLCALL_LIMIT_SCIM_WRITES: '600',
  ROLLCALL_LIMIT_SCIM_BURST: '200',
}
/** Twenty times the thirty a second of these. */
const LOUD = 600
const CALM = 5
const LEAD_MS = 3000
/** With noise, each between two without; a turn takes a third of what is asked for. */
const TURNS = 5

/** One company sends twenty times its limit while nineteen send calmly, with the limits on that the bench switches off. */
async function noisy(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const seconds = (options.secondsGiven ? options.seconds : MINUTE) / 3
  const tenants = await openTenants('noisy')
  await stack.stopApp()
  await stack.startApp(LIMITS)
  const [loud, ...calm] = tenants
  if (!loud) throw new Error('There is no company')
  // In the process of the others its answers would hold up theirs.
  const itsOwn = await stack.startClient()
  const calmly = (for_: number, perSecond = CALM) =>
    Promise.all(
      calm.map((tenant, i) =>
        send(context, tenant, 1, for_, { perSecond, after: (i * 1000) / perSecond / calm.length }),
      ),
    )
  // As much as a minute of limits allows, so that the code is compiled before anything counts.
  await calmly(Math.max(3, 1.5 * seconds), 4 * CALM)
  // In turns, for the code gets faster all the time: the noise is compared with the quiet on both its sides.
  const [quiet, beside, noise]: [Outcome[][], Outcome[][], Outcome[]] = [[], [], []]
  for (let turn = 0; turn < TURNS; turn++) {
    quiet.push(await calmly(seconds))
    // From when its burst is used up: it has that for once, and would have it anew after each pause made here.
    const [calmBeside, made] = await Promise.all([
      pause(LEAD_MS).then(() => calmly(seconds)),
      send(context, loud, 16, seconds + LEAD_MS / 1000, { perSecond: LOUD, after: 0, client: itsOwn }),
    ])
    beside.push(calmBeside)
    noise.push(made)
  }
  quiet.push(await calmly(seconds))
  itsOwn.end()
  await stack.stopApp()
  await stack.startApp()
  const p95s = (turns: Outcome[][]) => turns.map((outcomes) => median(outcomes.map((o) => o.p95)))
  const sum = (pick: (o: Outcome) => number) => noise.reduce((total, each) => total + pick(each), 0)
  const [alone, noisily] = [p95s(quiet), p95s(beside)]
  const more = noisily.map((p95, i) => (2 * p95) / ((alone[i] ?? 0) + (alone[i + 1] ?? 0)))
  const [refused, sent] = [sum((o) => o.statuses['429'] ?? 0), sum((o) => o.requests)]
  const disturbed = beside.flat().filter(({ statuses }) => statuses['429']).length
  const rate = Math.round(median(noise.map((o) => o.perSecond)))
  const what = `others’ p95 while one company sends ${rate} a second, ${refused.toLocaleString('en-US')} of ${sent.toLocaleString('en-US')} answered 429`
  const list = (of: number[]) => of.map(ms).join(', ')
  const range = `${short(Math.min(...more))} - ${short(Math.max(...more))}; ${list(noisily)}; alone ${list(alone)}`
  // Without a refusal nobody went over a limit, and nothing was shown.
  const holds = refused > 0 && disturbed === 0 && median(more) < 1.2
  return [numberRow('noisy', what, `× ${short(median(more))}`, { range, target: '< 1.2', holds })]
}
