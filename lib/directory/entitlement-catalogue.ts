import 'server-only'
import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { entitlements } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { EventDiff } from '@/db/types'
import type { Actor } from '@/lib/events/event'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'

/** What Okta may put into `entitlements` of a person, as /Entitlements publishes it. */
export type Entitlement = { value: string; displayName: string; type: string | null; description: string | null }

const optional = z
  .string()
  .trim()
  .max(300, 'Keep it under 300 characters.')
  .nullish()
  .transform((text) => text || null)

/** An entry as a form sends it. */
export const entitlementSchema = z.object({
  value: z
    .string()
    .trim()
    .min(1, 'Okta needs a value to send, for example “reports”.')
    .max(100, 'Keep it under 100 characters.')
    .regex(/^[\w.:-]+$/, 'Use letters, digits, dots, dashes, colons and underscores: it stands in addresses.'),
  displayName: z
    .string()
    .trim()
    .min(1, 'People read this name, so it cannot be empty.')
    .max(100, 'Keep it under 100 characters.'),
  type: optional,
  description: optional,
})

type Context = { org: { orgId: string }; actor: Actor }

const FIELDS = ['displayName', 'type', 'description'] as const
/** More would make one page of /Entitlements and of our own settings unreadable. */
const MOST = 500

/** The org's catalogue by value. */
export async function listEntitlements(orgId: string): Promise<Entitlement[]> {
  return withOrg(orgId, (tx) =>
    tx
      .select({
        value: entitlements.value,
        displayName: entitlements.displayName,
        type: entitlements.type,
        description: entitlements.description,
      })
      .from(entitlements)
      .where(eq(entitlements.orgId, orgId))
      .orderBy(asc(entitlements.value)),
  )
}

export type EntitlementSaved =
  /** `eventId` null: nothing differs. */
  { ok: true; eventId: string | null } | { ok: false; why: 'taken' | 'missing' | 'full'; sentence: string }

/** Adds an entry, or changes the one with this value, with its event in one commit. */
export async function saveEntitlement(
  { org: { orgId }, actor }: Context,
  entry: Entitlement,
  how: 'add' | 'change',
): Promise<EntitlementSaved> {
  const saved = await withOrg(orgId, async (tx): Promise<EntitlementSaved> => {
    const mine = and(eq(entitlements.orgId, orgId), eq(entitlements.value, entry.value))
    const [before] = await tx.select().from(entitlements).where(mine).for('update')
    const isFull = how === 'add' && (await tx.$count(entitlements, eq(entitlements.orgId, orgId))) >= MOST
    const why = how === 'add' ? (before ? 'taken' : isFull ? 'full' : null) : before ? null : 'missing'
    if (why) return { ok: false, why, sentence: SENTENCES[why] }
    const diff = diffOf(before, entry)
    if (diff.length === 0) return { ok: true, eventId: null }
    const { displayName, type, description } = entry
    const set = { displayName, type, description }
    const values = { orgId, value: entry.value, ...set }
    const written = before
      ? await tx.update(entitlements).set(set).where(mine).returning()
      : await tx.insert(entitlements).values(values).onConflictDoNothing().returning()
    // Somebody else added it this very moment.
    if (written.length === 0) return { ok: false, why: 'taken', sentence: SENTENCES.taken }
    return { ok: true, eventId: await recordIn(tx, orgId, eventOf(actor, orgId, entry, diff)) }
  })
  if (saved.ok && saved.eventId) wake(orgId)
  return saved
}

const SENTENCES = {
  taken: 'This value is in the catalogue already. Edit that entry, or choose another value.',
  missing: 'This entry is no longer in the catalogue. Add it again.',
  full: `The catalogue holds ${MOST} entries at most. Remove one first.`,
}

/** Takes an entry out of the catalogue; what people carry stays. False for one that is not there. */
export async function removeEntitlement({ org: { orgId }, actor }: Context, value: string): Promise<boolean> {
  const removed = await withOrg(orgId, async (tx) => {
    const [before] = await tx
      .delete(entitlements)
      .where(and(eq(entitlements.orgId, orgId), eq(entitlements.value, value)))
      .returning()
    if (!before) return false
    await recordIn(tx, orgId, eventOf(actor, orgId, before, diffOf(before, undefined)))
    return true
  })
  if (removed) wake(orgId)
  return removed
}

function diffOf(before: Entitlement | undefined, after: Entitlement | undefined): EventDiff[] {
  return FIELDS.flatMap((path) => {
    const was = before?.[path] ?? undefined
    const is = after?.[path] ?? undefined
    if (was === is) return []
    return [{ path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })
}

const eventOf = (actor: Actor, orgId: string, { value, displayName }: Entitlement, diff: EventDiff[]) =>
  ({
    type: 'entitlement.changed',
    outcome: 'success',
    actor,
    target: { kind: 'org', id: orgId, name: displayName === value ? value : `${displayName} (${value})` },
    diff,
  }) as const
