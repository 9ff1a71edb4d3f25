import { type Context, companyOf, type Part, rateRow, timeRow } from '../context'
import type { KindName } from '../requests'
import type { Row } from '../table'
import { type Candidate, inTurns, sender } from '../turns'

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

async function listDeep(context: Context): Promise<Row[]> {
  const { rounds, seconds } = context.options
  const pages = [1, 50_000, 99_900]
  const candidates = pages.map((startIndex) =>
    list(context, String(startIndex), 'listDeep', { startIndex, count: 100 }),
  )
  const measured = await inTurns(context.stack, candidates, rounds, seconds)
  return measured.map((each, i) => {
    const what = `page of 100 at offset ${(pages[i] ?? 0).toLocaleString('en-US')}`
    const isDeepest = i === pages.length - 1
    return timeRow('listDeep', what, each, isDeepest ? { target: 'p50 ≤ 15 ms', holds: each.p50.median <= 15 } : {})
  })
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
