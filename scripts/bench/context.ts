import type { Company } from './companies'
import type { Options } from './options'
import type { Stack } from './stack'
import type { Spread } from './stats'
import { ms, perSecond, type Row, short, us } from './table'
import type { Measured } from './turns'

export type Context = {
  stack: Stack
  options: Options
  companies: Company[]
  bare: { pid: number; url: string }
  /** In every name this run makes. */
  tag: string
  say: (text: string) => void
}

/** One thing the bench measures; `when`: only with that option. */
export type Part = { name: string; when?: 'large' | 'named'; run: (context: Context) => Promise<Row[]> }

/** The company with so many people. */
export function companyOf({ companies }: Context, users: number): Company {
  const found = companies.find((each) => each.users === users)
  if (!found) throw new Error(`There is no company of ${users} people`)
  return found
}

/** The company with 10,000,000 events. */
export function largestOf({ companies }: Context): Company {
  const found = companies.find(({ events }) => events >= 10_000_000)
  if (!found) throw new Error('This part needs --large')
  return found
}

const rangeOf = ({ min, max }: Spread, write: (n: number) => string) => `${write(min)} - ${write(max)}`

type Target = { target?: string; holds?: boolean | null; ratio?: Spread }

/** A line about how many a second. */
export function rateRow(
  part: string,
  what: string,
  m: Measured,
  { target = '', holds = null, ratio }: Target = {},
): Row {
  return {
    part,
    what,
    value: perSecond(m.perSecond.median),
    range: rangeOf(m.perSecond, (n) => short(n)),
    ratio: ratio ? ratio.median.toFixed(2) : '',
    node: us(m.nodeUs),
    database: us(m.databaseUs),
    target,
    holds,
  }
}

/** A line about how long one takes: the median of the rounds' medians. */
export function timeRow(
  part: string,
  what: string,
  m: Measured,
  { target = '', holds = null, ratio }: Target = {},
): Row {
  return {
    ...rateRow(part, what, m, { target, holds, ...(ratio ? { ratio } : {}) }),
    value: `p50 ${ms(m.p50.median)}`,
    range: rangeOf(m.p50, (n) => short(n)),
  }
}

/** A line about one number of milliseconds, or of something else. */
export function numberRow(part: string, what: string, value: string, rest: Partial<Row> = {}): Row {
  return { part, what, value, range: '', ratio: '', node: '', database: '', target: '', holds: null, ...rest }
}
