import type { Company } from '../companies'
import { type Context, companyOf, type Part, rateRow } from '../context'
import { databaseAlone, type Statement } from '../database-alone'
import type { Job } from '../load'
import type { Facts, KindName } from '../requests'
import type { Row } from '../table'
import { inTurns, type Measured, ratioOf, sender } from '../turns'

type Plan = {
  name: string
  what: string
  kind: KindName
  /** What the app's candidate and the bare server's are about; each has people of its own. */
  facts: (company: Company, whose: 'app' | 'bare') => Partial<Facts>
  statement?: Statement
  /** The least ratio to the bare server. */
  least?: number
}

const slice = ({ ids, userNames }: Company, from: number, to: number) => ({
  ids: ids.slice(from, to),
  userNames: userNames.slice(from, to),
})

const plans: Plan[] = [
  { name: 'create', what: 'create', kind: 'create', facts: () => ({}), statement: 'create', least: 0.7 },
  {
    name: 'lookUp',
    what: 'look-up by userName',
    kind: 'lookUp',
    facts: (c) => slice(c, 0, 1000),
    statement: 'find',
    least: 0.8,
  },
  { name: 'get', what: 'get by id', kind: 'get', facts: (c) => slice(c, 0, 1000), statement: 'find' },
  { name: 'put', what: 'PUT with a change', kind: 'put', facts: (c) => slice(c, 1000, 1200) },
  {
    name: 'patchActive',
    what: 'PATCH active',
    kind: 'patchActive',
    facts: (c, whose) => (whose === 'app' ? slice(c, 1200, 2000) : slice(c, 2000, 2800)),
    statement: 'patchActive',
    least: 0.6,
  },
]

/** Reads and writes of one person, in the company of 100,000, beside their limits. */
export const userParts: Part[] = plans.map((plan) => ({ name: plan.name, run: (context) => run(context, plan) }))

async function run(context: Context, plan: Plan): Promise<Row[]> {
  const { stack, options, bare, tag } = context
  const { connections, rounds, seconds } = options
  const company = companyOf(context, 100_000)
  const job = (origin: string, base: string, whose: 'app' | 'bare', mark: string): Omit<Job, 'from' | 'seconds'> => ({
    kind: plan.kind,
    origin,
    token: company.token,
    connections,
    facts: { base, tag: `${plan.name}.${mark}.${tag}`, ...plan.facts(company, whose) },
  })
  const app = sender(stack, 'app', stack.app().pid, job(stack.appUrl, company.base, 'app', 'a'))
  const alone = plan.statement ? databaseAlone(stack, company, plan.statement, connections) : undefined
  const limits = alone
    ? [
        sender(stack, 'no-op', bare.pid, job(bare.url, '/noop', 'bare', 'n')),
        alone,
        sender(stack, 'bare', bare.pid, job(bare.url, '/sql', 'bare', 'b')),
      ]
    : []
  const measured = await inTurns(stack, [...limits, app], rounds, seconds)
  await alone?.end()
  return rowsOf(plan, measured)
}

const titles: Record<string, string> = {
  'no-op': 'bare node:http, no work',
  database: 'same SQL, the database alone',
  bare: 'bare node:http, same SQL',
}

function rowsOf({ name, what, least }: Plan, measured: Measured[]): Row[] {
  const bare = measured.find((each) => each.name === 'bare')
  return measured.map((each) => {
    if (each.name !== 'app') return rateRow(name, `${what}: ${titles[each.name]}`, each)
    const ratio = bare ? ratioOf(each, bare) : undefined
    const judged = least && ratio ? { target: `≥ ${least} of bare`, holds: ratio.median >= least } : {}
    return rateRow(name, `**${what}**`, each, { ...judged, ...(ratio ? { ratio } : {}) })
  })
}
