import { type Context, companyOf, largestOf, numberRow, type Part } from '../context'
import type { Outcome } from '../load'
import { ms, type Row } from '../table'

/** The daily work on 10,000,000 events while Okta goes on: those events are gone afterwards (--fresh makes them again). */
export const maintainParts: Part[] = [{ name: 'maintain', when: 'named', run: maintain }]

/** Of the hundred days that are loaded the first five go, a twentieth of the events. */
const KEPT_DAYS = '95'
const TURN_SECONDS = 5

async function maintain(context: Context): Promise<Row[]> {
  const { stack, options, say, tag } = context
  const company = companyOf(context, 10_000)
  largestOf(context)
  let from = 0
  const mix = async () => {
    const outcome = await stack.client.run({
      kind: 'mix',
      origin: stack.appUrl,
      token: company.token,
      connections: options.connections,
      facts: { base: company.base, tag: `maintain.${tag}`, groups: [company.groups[0] ?? ''] },
      from,
      seconds: TURN_SECONDS,
    })
    from = outcome.next
    return outcome
  }
  await mix()
  const alone = [await mix(), await mix()]
  let done = false
  const began = Date.now()
  const working = stack
    .runScript('scripts/maintain.ts', ['--event-days', KEPT_DAYS], { DATABASE_OWNER_URL: stack.postgres.ownerUrl })
    .finally(() => {
      done = true
    })
  const beside: Outcome[] = []
  while (!done) beside.push(await mix())
  const { log } = await working
  const seconds = Math.round((Date.now() - began) / 1000)
  for (const line of log.trim().split('\n').slice(-6)) say(`  maintain: ${line}`)
  const deleted = /Deleted: (\d+) events/.exec(log)?.[1] ?? '?'
  const failed = beside.reduce((n, { statuses, broken }) => n + broken + over(statuses), 0)
  const requests = beside.reduce((n, each) => n + each.requests, 0)
  const worst = (outcomes: Outcome[]) => Math.max(...outcomes.map((o) => o.max))
  const p99 = (outcomes: Outcome[]) => Math.max(...outcomes.map((o) => o.p99))
  const what = `npm run maintain: ${Number(deleted).toLocaleString('en-US')} events deleted in ${seconds} s`
  return [
    numberRow('maintain', `${what}; failed of ${requests.toLocaleString('en-US')} requests beside it`, `${failed}`, {
      target: 'none',
      holds: failed === 0 && log.includes('events'),
    }),
    numberRow('maintain', 'the mix beside it, p99 and slowest', `${ms(p99(beside))} and ${ms(worst(beside))}`, {
      range: `alone ${ms(p99(alone))} and ${ms(worst(alone))}`,
    }),
  ]
}

const over = (statuses: Record<string, number>) =>
  Object.entries(statuses).reduce((n, [status, count]) => n + (Number(status) >= 400 ? count : 0), 0)
