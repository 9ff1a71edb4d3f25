import { z } from 'zod'
import { eventIdFromRef } from '@/lib/ids'
import type { EventFilter } from './query'
import { EVENT_TYPES, OUTCOMES } from './types'

const id = z.string().transform((value, ctx) => {
  const found = eventIdFromRef(value)
  if (!found) ctx.addIssue({ code: 'custom', message: 'must be an event id (evt_…)' })
  return found ?? z.NEVER
})
const time = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
  .transform((value) => new Date(value))
const type = z
  .string()
  .refine(
    (value) =>
      EVENT_TYPES.some((known) => known === value || (value.endsWith('.*') && known.startsWith(value.slice(0, -1)))),
    {
      error: 'must be an event type such as user.created, or a prefix such as user.*',
    },
  )

const schema = z.strictObject({
  type: z.array(type).max(50).optional(),
  outcome: z.enum(OUTCOMES, { error: `must be one of ${OUTCOMES.join(', ')}` }).optional(),
  target: z.string().max(300).optional(),
  reads: z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional(),
  since: time.optional(),
  until: time.optional(),
  before: id.optional(),
  after: id.optional(),
  limit: z.coerce.number({ error: 'must be a number' }).int().min(1).max(200).optional(),
})

export type ParsedFilter = { filter: EventFilter } | { error: string }

/**
 * Reads an address's query into a filter: `type` (repeated or comma separated), `outcome`, `target`, `reads=1`,
 * `since`, `until`, `before`, `after`, `limit`. On a mistake: a sentence that names the parameter.
 */
export function parseFilter(query: URLSearchParams): ParsedFilter {
  const raw: Record<string, unknown> = Object.fromEntries([...query].filter(([, value]) => value !== ''))
  const types = query
    .getAll('type')
    .flatMap((value) => value.split(','))
    .filter(Boolean)
  if (types.length > 0) raw.type = types
  const result = schema.safeParse(raw)
  if (!result.success) return { error: result.error.issues.map(explain).join(' ') }
  const { type, target, reads, ...rest } = result.data
  return { filter: { ...rest, types: type, targetId: target, reads: reads === '1' } }
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `Unknown parameter: ${issue.keys.join(', ')}.`
  return `${String(issue.path[0])} ${issue.message}.`
}
