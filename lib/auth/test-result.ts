import 'server-only'
import { z } from 'zod'
import type { EventTrace } from '@/db/types'
import { getEvent } from '@/lib/events/query'

type Shown = { at: string; ref: string; ok: boolean; steps: EventTrace[]; claims: unknown }

const claimsSchema = z.object({ claims: z.record(z.string(), z.unknown()) })

/** The result of a connection test, from its event; null for what names none of this org. */
export async function testResult(orgId: string, ref: string | string[] | undefined): Promise<Shown | null> {
  const event = typeof ref === 'string' ? await getEvent(orgId, ref) : null
  if (event?.type !== 'connection.tested') return null
  const claims = claimsSchema.safeParse(event.response)
  return {
    at: event.at,
    ref: event.ref,
    ok: event.outcome === 'success',
    steps: event.trace ?? [],
    claims: claims.success ? claims.data.claims : null,
  }
}

const PROBLEMS: Record<string, string> = {
  stale: 'That answer did not belong to a test open in this browser, or came too late. Start it again.',
  limit: 'This connection was tested often within the last hour. Try again later.',
  none: 'There is no connection to test yet.',
}

/** Why a test did not take place, in words of ours; null for anything else in the address. */
export const testProblem = (code: string | string[] | undefined): string | null =>
  typeof code === 'string' && Object.hasOwn(PROBLEMS, code) ? (PROBLEMS[code] ?? null) : null
