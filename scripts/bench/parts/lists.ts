import { type Context, companyOf, type Part, rateRow, timeRow } from '../context'
import { superuser } from '../data'
import type { KindName } from '../requests'
import type { Row } from '../table'
import { type Candidate, inTurns, type Measured, refuseFailures, sender } from '../turns'

/** Lists, and what Okta sends in a day. */
export const listParts: Part[] = [
  { name: 'listDeep', run: listDeep },
  { name: 'listFiltered', run: listFiltered },
  { name: 'mix', run: (context) => several(context, 'mix', 'Okta-like mix') },
  { name: 'bulk', run: (context) => several(context, 'bulk', 'Bulk of ten creates') },
]

function list(context: Context, name: string, kind: KindName, facts: object, users = 100_000): Candidate {
  const { stack } = context
  const company = companyOf(context, users)
  return sender(stack, name, stack.app().pid, {
    kind,
    origin: stack.appUrl,
    token: company.token,
    connections: 1,
    facts: { base: company.base, tag: context.tag, ...facts },
  })
}

const DEEPEST = 99_900
/** A fiftieth of the company: with more, autovacuum comes (db/sql/upkeep.sql). */
const CHANGED = 2000

async function listDeep(context: Context): Promise<Row[]> {
  const { rounds, seconds } = context.options
  const page = (startIndex: number) => list(context, String(startIndex), 'listDeep', { startIndex, count: 100 })
  const still = await inTurns(context.stack, [page(1), page(50_000), page(DEEPEST)], rounds, seconds)
  const ids = await someAllOver(context)
  await change(context, ids, 0)
  const changed = await inTurns(context.stack, [page(DEEPEST)], rounds, seconds)
  await change(context, ids, ids.length)
  return [
    ...still.map((each) => pageRow(each, '')),
    ...changed.map((each) => pageRow(each, `, ${CHANGED.toLocaleString('en-US')} just changed`)),
  ]
}

function pageRow(each: Measured, when: string): Row {
  const what = `page of 100 at offset ${Number(each.name).toLocaleString('en-US')}${when}`
  const aim = Number(each.name) === DEEPEST ? { target: 'p50 ≤ 15 ms', holds: each.p50.median <= 15 } : {}
  return timeRow('listDeep', what, each, aim)
}

/** People from first to last, so that what a page counts lies among what is changed. */
async function someAllOver(context: Context): Promise<string[]> {
  const { orgId, users } = companyOf(context, 100_000)
  const sql = superuser(context.stack.postgres.superUrl)
  const rows = await sql<{ id: string }[]>`
    select id from (select id, row_number() over (order by created_at, id) as n from users
      where org_id = ${orgId} and active and deleted_at is null) u
    where n % ${Math.floor((0.9 * users) / CHANGED)} = 0 limit ${CHANGED}`
  await sql.end()
  return rows.map(({ id }) => id)
}

/** Deactivates them, and activates them again when they are sent for the second time. */
async function change(context: Context, ids: string[], from: number): Promise<void> {
  const company = companyOf(context, 100_000)
  const outcome = await context.stack.client.run({
    kind: 'patchActive',
    origin: context.stack.appUrl,
    token: company.token,
    connections: context.options.connections,
    facts: { base: company.base, tag: '', ids },
    from,
    most: ids.length,
  })
  refuseFailures('what changes before a list', outcome)
}

async function listFiltered(context: Context): Promise<Row[]> {
  const { rounds, seconds } = context.options
  const filters: [string, string][] = [
    ['externalId eq', 'externalId eq "00u7777bench-100k"'],
    ['userName sw, of few', 'userName sw "u9999"'],
    ['title eq', 'title eq "Engineer 7"'],
    ['meta.lastModified gt', `meta.lastModified gt "${new Date(Date.now() - 60_000).toISOString()}"`],
  ]
  const candidates = filters.map(([name, filter]) =>
    list(context, name, 'listFiltered', { filters: [filter], count: 20 }),
  )
  const measured = await inTurns(context.stack, candidates, rounds, seconds)
  return measured.map((each) => timeRow('listFiltered', `list of 20, filter ${each.name}`, each))
}

async function several(context: Context, kind: 'mix' | 'bulk', what: string): Promise<Row[]> {
  const { stack, options } = context
  const company = companyOf(context, 10_000)
  const candidate = sender(stack, what, stack.app().pid, {
    kind,
    origin: stack.appUrl,
    token: company.token,
    connections: options.connections,
    facts: { base: company.base, tag: `${kind}.${context.tag}`, groups: [company.groups[0] ?? ''] },
  })
  const measured = await inTurns(stack, [candidate], options.rounds, Math.max(options.seconds, 1))
  return measured.map((each) => rateRow(kind, what, each))
}
