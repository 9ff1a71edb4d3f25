import { z } from 'zod'
import { lenses, moments } from './year'

const traceSchema = z.object({ step: z.string(), outcome: z.enum(['ok', 'failed', 'skipped']), text: z.string() })

/** A line of Okta's own System Log, with the request it stands for where it sent one. */
const oktaLineSchema = z.object({
  at: z.string(),
  name: z.string(),
  text: z.string(),
  request: z
    .object({ method: z.string(), url: z.string(), sent: z.unknown(), status: z.number(), answer: z.unknown() })
    .optional(),
})

/** A page or answer John's browser asked Rollcall for, with the cookies it holds. */
const visitSchema = z.object({
  asked: z.string(),
  status: z.number(),
  /** Where it ended, after every redirect. */
  ended: z.string(),
  answer: z.unknown(),
})

/** A row of Rollcall's event log. */
const rowSchema = z.object({
  ref: z.string(),
  at: z.string(),
  type: z.string(),
  outcome: z.string(),
  text: z.string(),
  detail: z.string().nullable(),
  trace: z.array(traceSchema),
})

const playedSchema = z.object({
  at: z.string(),
  okta: z.array(oktaLineSchema),
  visits: z.array(visitSchema),
  rows: z.array(rowSchema),
  /** John in Rollcall when the moment was over; null: there is no such person. */
  john: z.object({ id: z.string(), active: z.boolean(), role: z.string() }).nullable(),
})
/** One moment of John's year as it was really played: what each side's log and the browser saw. */
export type Played = z.infer<typeof playedSchema>
export type OktaLine = Played['okta'][number]
export type Visit = Played['visits'][number]
export type LogRow = Played['rows'][number]

const playedYearSchema = z.object({
  /** `admin`: who may open its event log; null where nobody can sign in. */
  company: z.object({ slug: z.string(), name: z.string(), admin: z.string().nullable() }),
  moments: z.record(z.enum(moments), playedSchema),
})
export type PlayedYear = z.infer<typeof playedYearSchema>

/** The same year at three companies. Plain data: a recording is one of these. */
export const yearRunSchema = z.object({ playedAt: z.string(), years: z.record(z.enum(lenses), playedYearSchema) })
export type YearRun = z.infer<typeof yearRunSchema>
