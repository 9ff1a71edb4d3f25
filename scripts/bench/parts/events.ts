import { type EventFilter, listEvents } from '@/lib/events/query'
import type { Company } from '../companies'
import { type Context, companyOf, largestOf, numberRow, type Part } from '../context'
import { median, spread } from '../stats'
import { ms, type Row, short } from '../table'

/** A page of the event log, as lib/events gives it to page and API, without Next's share of it. */
export const eventParts: Part[] = [
  { name: 'events', run: (context) => pages(context, companyOf(context, 100_000), 'of 300,000 events') },
  { name: 'eventsLarge', when: 'large', run: (context) => pages(context, largestOf(context), 'of 10,000,000 events') },
]

const DAY = 86_400_000

async function pages(context: Context, company: Company, of: string): Promise<Row[]> {
  const [newest] = (await listEvents(company.orgId, { limit: 1 })).events
  const filters: [what: string, filter: EventFilter, most: number][] = [
    ['newest', {}, 5],
    ['newest, look-ups too', { reads: true }, 5],
    ['one type', { types: ['user.created'] }, 10],
    ['a type nobody has', { types: ['setup.opened'] }, 10],
    ['outcome blocked', { outcome: 'blocked' }, 10],
    ['type and failed', { types: ['user.updated'], outcome: 'failed' }, 10],
    ['type and failed, none such', { types: ['group.deleted'], outcome: 'failed' }, 10],
    ['type and success', { types: ['user.created'], outcome: 'success' }, 10],
    ['one person', { targetId: newest?.targetId ?? '' }, 10],
    ['a month ago', { until: new Date(Date.now() - 30 * DAY) }, 10],
  ]
  const taken = filters.map(() => [] as number[])
  for (let round = 0; round <= context.options.rounds; round++) {
    for (const [i, [, filter]] of filters.entries()) {
      const one = await timed(() => listEvents(company.orgId, { ...filter, limit: 50 }))
      if (round > 0) taken[i]?.push(one)
    }
  }
  return filters.map(([what, , most], i) => {
    const { median: half, min, max } = spread(taken[i] ?? [])
    return numberRow('events', `page ${of}: ${what}`, `p50 ${ms(half)}`, {
      range: `${short(min)} - ${short(max)}`,
      target: `≤ ${most} ms`,
      holds: half <= most,
    })
  })
}

/** The middle of a few, for one alone says little. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < 7; i++) {
    const began = performance.now()
    await run()
    taken.push(performance.now() - began)
  }
  return median(taken)
}
