import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from '../lib/root.mjs'
import type { Company } from './companies'
import type { Context } from './context'
import { superuser } from './data'
import { drawPlot, type Line } from './plot'
import type { Facts, KindName } from './requests'
import { inTurns, sender } from './turns'

type Operation = { name: string; kind: KindName; facts: (company: Company) => Partial<Facts> }

const operations: Operation[] = [
  { name: 'create', kind: 'create', facts: () => ({}) },
  { name: 'look-up', kind: 'lookUp', facts: (c) => ({ userNames: c.userNames.slice(0, 400) }) },
  { name: 'get', kind: 'get', facts: (c) => ({ ids: c.ids.slice(0, 400) }) },
  { name: 'PATCH active', kind: 'patchActive', facts: (c) => ({ ids: c.ids.slice(0, 200) }) },
  {
    name: 'group add',
    kind: 'groupAdd',
    facts: (c) => ({ ids: c.ids.slice(200, 400), groups: [c.groups[0] ?? ''] }),
  },
  { name: 'last page of 100', kind: 'listDeep', facts: (c) => ({ startIndex: c.users - 99, count: 100 }) },
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

/**
 * Time and rows read of each operation in companies of 1,000, 10,000 and 100,000, in turns; drawn into public/docs.
 * Gives a table of the same.
 */
export async function measureGrowth(context: Context): Promise<string> {
  const { stack, options, companies, tag } = context
  const sizes = [1_000, 10_000, 100_000].flatMap((n) => companies.find(({ users }) => users === n) ?? [])
  const lines: Line[] = []
  const table = ['| operation | people | p50 ms | rows read |', '|---|---|---|---|']
  for (const operation of operations) {
    const senders = sizes.map((company) =>
      sender(stack, operation.name, stack.app().pid, {
        kind: operation.kind,
        origin: stack.appUrl,
        token: company.token,
        connections: 1,
        facts: { base: company.base, tag: `growth.${tag}`, ...operation.facts(company) },
      }),
    )
    const measured = await inTurns(stack, senders, options.rounds, options.seconds)
    const points: Line['points'] = []
    for (const [i, company] of sizes.entries()) {
      const before = await rowsRead(context)
      const once = await senders[i]?.turn(1, options.seconds)
      const rows = ((await rowsRead(context)) - before) / Math.max(1, once?.requests ?? 1)
      const ms = measured[i]?.p50.median ?? 0
      points.push({ users: company.users, ms })
      table.push(
        `| ${operation.name} | ${company.users.toLocaleString('en-US')} | ${ms.toFixed(2)} | ${rows.toFixed(1)} |`,
      )
    }
    lines.push({ name: operation.name, points })
  }
  const folder = at('public', 'docs')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'growth.svg'), drawPlot(lines))
  return table.join('\n')
}
