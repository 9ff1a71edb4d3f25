import type { EventDraft } from '@/lib/events/event'
import { addTiming, recordRead } from '@/lib/events/record'
import { type Context, requestFacts } from './context'

/** The event of a read: batched, written within a second. */
export async function recordReadOf(
  c: Context,
  draft: Pick<EventDraft, 'type' | 'target' | 'status' | 'response'>,
): Promise<void> {
  const { org, tokenId } = c.get('credential')
  await recordRead(org.orgId, {
    outcome: 'success',
    actor: { kind: 'okta', tokenId },
    ...requestFacts(c),
    trace: c.get('trace'),
    ...draft,
  })
}

/** Adds how long the request took, once the answer is ready. */
export function timeEvent(c: Context, eventId: string): void {
  addTiming(c.get('credential').org.orgId, eventId, 'total', performance.now() - c.get('startedAt'))
}
