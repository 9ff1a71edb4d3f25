import { company, tokenOf } from '../companies'
import { type Context, numberRow, type Part } from '../context'
import { memoryOf } from '../cpu'
import { superuser } from '../data'
import type { Outcome } from '../load'
import { ms, type Row, short } from '../table'

/** Twenty companies at once for minutes: nothing lost, nothing held, nobody disturbed. */
export const soakParts: Part[] = [{ name: 'soak', when: 'named', run: soak }]

const COMPANIES = 20
const CLIENTS = 64
const MINUTE = 60

type Tenant = { orgId: string; slug: string; token: string; next: number }

async function soak(context: Context): Promise<Row[]> {
  const { stack, options, say } = context
  const seconds = options.secondsGiven ? options.seconds : 5 * MINUTE
  const tenants: Tenant[] = []
  for (let i = 1; i <= COMPANIES; i++) {
    const slug = `bench-s${i}`
    const orgId = await company(slug)
    tenants.push({ orgId, slug, token: await tokenOf(orgId), next: 0 })
  }
  await all(context, tenants, Math.min(20, seconds / 4))
  const before = { events: await writesOf(context, tenants), memory: memoryOf(stack.app().pid) }
  say(`  soak: ${CLIENTS} clients, ${COMPANIES} companies, ${seconds} s …`)
  const outcomes = await all(context, tenants, seconds)
  // Timings and reads are written within a second of their request.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const after = { events: await writesOf(context, tenants), memory: memoryOf(stack.app().pid) }
  return [...judged(outcomes, before, after), ...(await noisy(context, tenants, Math.min(30, seconds)))]
}

/** Each company has its share of the clients, all at once. */
function all(context: Context, tenants: Tenant[], seconds: number): Promise<Outcome[]> {
  const share = Math.ceil(CLIENTS / COMPANIES)
  return Promise.all(tenants.map((tenant) => send(context, tenant, share, seconds)))
}

async function send({ stack, tag }: Context, tenant: Tenant, connections: number, seconds: number, perSecond?: number) {
  const outcome = await stack.client.run({
    kind: 'mix',
    origin: stack.appUrl,
    token: tenant.token,
    connections,
    facts: { base: `/scim/v2/${tenant.slug}`, tag: `soak.${tag}` },
    from: tenant.next,
    seconds,
    ...(perSecond ? { perSecond } : {}),
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

type Held = { events: number; memory: number | null }

function judged(outcomes: Outcome[], before: Held, after: Held): Row[] {
  const sum = (pick: (o: Outcome) => number) => outcomes.reduce((total, each) => total + pick(each), 0)
  const failed = sum((o) => Object.entries(o.statuses).reduce((n, [s, count]) => n + (Number(s) >= 500 ? count : 0), 0))
  const broken = sum((o) => o.broken)
  const written = sum((o) => o.written)
  const rows = after.events - before.events
  const [p50, p99] = [median(outcomes.map((o) => o.p50)), median(outcomes.map((o) => o.p99))]
  const grown = before.memory && after.memory ? after.memory / before.memory : null
  const row = (what: string, value: string, target: string, holds: boolean | null) =>
    numberRow('soak', `soak: ${what}`, value, { target, holds })
  return [
    row('requests', `${sum((o) => o.requests).toLocaleString('en-US')}`, '', null),
    row('5xx and broken', `${failed} and ${broken}`, 'none', failed + broken === 0),
    row('2xx to writes = rows of writes', `${written} = ${rows}`, 'equal', written === rows),
    row('p99 and p50', `${ms(p99)} and ${ms(p50)}`, 'p99 ≤ 10 × p50', p99 <= 10 * p50),
    row('memory after ÷ after warm-up', grown ? short(grown) : '–', '≤ 1.2', grown === null ? null : grown <= 1.2),
  ]
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * One company sends twenty times its limit while nineteen send calmly. The app is started with the limits it has for
 * everybody else, so that the answers to the one are 429.
 */
async function noisy(context: Context, tenants: Tenant[], seconds: number): Promise<Row[]> {
  const { stack } = context
  const limits = {
    ROLLCALL_LIMIT_SCIM_READS: '1200',
    ROLLCALL_LIMIT_SCIM_WRITES: '600',
    ROLLCALL_LIMIT_SCIM_BURST: '200',
  }
  await stack.stopApp()
  await stack.startApp(limits)
  const [loud, ...calm] = tenants
  const calmly = () => Promise.all(calm.map((tenant) => send(context, tenant, 1, seconds, 5)))
  await Promise.all(calm.map((tenant) => send(context, tenant, 1, 3, 5)))
  const alone = await calmly()
  // 600 writes and 1,200 reads a minute are 30 a second; twenty times that.
  const [beside, noise] = await Promise.all([calmly(), loud ? send(context, loud, 16, seconds, 600) : undefined])
  await stack.stopApp()
  await stack.startApp()
  const [before, after] = [median(alone.map((o) => o.p95)), median(beside.map((o) => o.p95))]
  const refusals = noise?.statuses['429'] ?? 0
  const what = `others’ p95 while one company sends 20 times its limit (${refusals} of its requests got 429)`
  const value = `${ms(after)}, alone ${ms(before)}`
  return [numberRow('soak', what, value, { target: '< 20 % more', holds: after < before * 1.2 })]
}
