import 'server-only'
import { z } from 'zod'
import { getEvent, listEvents } from '@/lib/events/query'
import { suites } from './oin-case'

const caseSchema = z.object({
  id: z.string(),
  suite: z.enum(suites),
  title: z.string(),
  optional: z.boolean(),
  ok: z.boolean(),
  problem: z.string().nullable(),
  request: z.string(),
  sent: z.string().nullable(),
  status: z.number().nullable(),
  answer: z.string().nullable(),
})
export type ShownCase = z.infer<typeof caseSchema>
export type LastRun = { at: string; ref: string; cases: ShownCase[] }

/** The newest run of this company, from its event; null when there is none, or its payload is past retention. */
export async function lastRun(orgId: string): Promise<LastRun | null> {
  const { events } = await listEvents(orgId, { types: ['readiness.checked'], limit: 1 })
  const event = events[0] ? await getEvent(orgId, events[0].ref) : null
  const parsed = z.object({ cases: z.array(caseSchema) }).safeParse(event?.response)
  return event && parsed.success ? { at: event.at, ref: event.ref, cases: parsed.data.cases } : null
}
