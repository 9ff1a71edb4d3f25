import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from '../lib/root.mjs'
import type { Context } from './context'
import { superuser } from './data'
import { openMany, PEOPLE, type Small } from './many'
import { drawPlot, type Line } from './plot'
import type { Facts, KindName } from './requests'
import { rest } from './rest'
import { inTurns, sender } from './turns'

/** A company, large or one of many, as the operations see it. */
type Subject = Small & { users: number }

type Operation = { name: string; kind: KindName; facts: (subject: Subject) => Partial<Facts> }

const operations: Operation[] = [
  { name: 'create', kind: 'create', facts: () => ({}) },
  { name: 'look-up', kind: 'lookUp', facts: ({ userNames }) => ({ userNames: userNames.slice(0, 400) }) },
  { name: 'get', kind: 'get', facts: ({ ids }) => ({ ids: ids.slice(0, 400) }) },
  { name: 'PATCH active', kind: 'patchActive', facts: ({ ids }) => ({ ids: ids.slice(0, 200) }) },
  { name: 'group add', kind: 'groupAdd', facts: ({ ids, group }) => ({ ids: ids.slice(0, 200), groups: [group] }) },
  { name: 'last page', kind: 'listDeep', facts: ({ users }) => ({ startIndex: Math.max(1, users - 99), count: 100 }) },
]

/** Rows the database read since it was started: from tables and from indexes. */
async function rowsRead(context: Context): Promise<number> {
  const sql = superuser(context.stack.postgres.superUrl)
  // Sessions write their counts when they are idle, within a second.
  await new Promise((resolve) => setTimeout(resolve, 1200))
  const [row] = await sql<{ n: string }[]>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n from pg_stat_user_tables`
  await sql.end()
  return Number(row?.n ?? 0)
}

/** Those who take turns on an axis: companies of different sizes, or different numbers of companies. */
type Side = { at: number; subjects: Subject[] }

/**
 * Time and rows read of each operation in companies of 1,000, 10,000 and 100,000, and among 1, 100 and 1,000 companies
 * of 100; in turns; drawn into public/docs. Gives a table of the same.
 */
export async function measureGrowth(context: Context): Promise<string> {
  const { companies, stack, say } = context
  const many = (await openMany(stack, say)).map((each) => ({ ...each, users: PEOPLE }))
  const bySize = [1_000, 10_000, 100_000].flatMap((n): Side[] => {
    const found = companies.find(({ users }) => users === n)
    return found ? [{ at: n, subjects: [{ ...found, group: found.groups[0] ?? '' }] }] : []
  })
  const byNumber = [1, 100, 1_000].map((n): Side => ({ at: n, subjects: many.slice(0, n) }))
  const table = ['| operation | people in the company | companies | p50 ms | rows read |', '|---|---|---|---|---|']
  const panels = [
    { title: 'people in the company', lines: [] as Line[] },
    { title: `companies at once, of ${PEOPLE} people each`, lines: [] as Line[] },
  ]
  for (const operation of operations) {
    await rest(stack)
    for (const [i, sides] of [bySize, byNumber].entries()) {
      const measured = await measure(context, operation, sides)
      panels[i]?.lines.push({ name: operation.name, points: measured.map(({ at: x, ms }) => ({ x, ms })) })
      for (const { at: n, ms, rows } of measured) {
        const [people, number] = i === 0 ? [n, 1] : [PEOPLE, n]
        const cells = [people.toLocaleString('en-US'), number.toLocaleString('en-US'), ms.toFixed(2), rows.toFixed(1)]
        table.push(`| ${operation.name} | ${cells.join(' | ')} |`)
      }
    }
  }
  const folder = at('public', 'docs')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'growth.svg'), drawPlot(panels))
  return table.join('\n')
}

async function measure(context: Context, { name, kind, facts }: Operation, sides: Side[]) {
  const { stack, options, tag } = context
  const senders = sides.map(({ at: n, subjects }) =>
    sender(stack, `${name} ${n}`, stack.app().pid, {
      kind,
      origin: stack.appUrl,
      connections: 1,
      facts: { base: '', tag: `growth.${n}.${tag}` },
      tenants: subjects.map((each) => ({ token: each.token, facts: { base: each.base, ...facts(each) } })),
    }),
  )
  const measured = await inTurns(stack, senders, options.rounds, options.seconds)
  const points: { at: number; ms: number; rows: number }[] = []
  for (const [i, side] of sides.entries()) {
    const before = await rowsRead(context)
    const once = await senders[i]?.turn(1, options.seconds)
    const rows = ((await rowsRead(context)) - before) / Math.max(1, once?.requests ?? 1)
    points.push({ at: side.at, ms: measured[i]?.p50.median ?? 0, rows })
  }
  return points
}
