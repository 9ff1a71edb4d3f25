import 'server-only'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { orgs } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { EventDiff } from '@/db/types'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { type OrgContext, verifiedDomains } from './domains'
import type { Org } from './orgs'

/** A whole number within bounds, from a number or from what a form sends. */
const whole = (min: number, max: number) => {
  const problem = `Give a whole number from ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}.`
  return z.coerce.number(problem).int(problem).min(min, problem).max(max, problem)
}

const Settings = z.strictObject({
  name: z
    .string()
    .transform((name) => name.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .refine((name) => name.length > 0, 'Give the name your people know the company by.')
    .refine((name) => [...name].length <= 100, 'Give a name of at most 100 characters.')
    .refine((name) => !/\p{C}/u.test(name), 'Leave out characters nobody can see.'),
  jit: z.boolean(),
  domainPolicy: z.enum(['off', 'warn', 'enforce'], 'Choose off, warn or enforce.'),
  brakeUsers: whole(1, 100_000).nullable(),
  brakeMinutes: whole(1, 1440),
  eventDays: whole(30, 400),
  payloadDays: whole(1, 400),
})

const Patch = Settings.partial()
type SettingsPatch = z.infer<typeof Patch>
/** What forms send: text where a number is meant. */
export type SettingsInput = { [K in keyof SettingsPatch]?: SettingsPatch[K] | string }
export type SettingsField = keyof SettingsPatch
export type SettingsSaved =
  /** `eventId` null: nothing differs from what is stored. */
  { ok: true; eventId: string | null } | { ok: false; fields: Partial<Record<SettingsField, string>> }

/** Changes settings of the org, with `org.changed` and its diff in the same commit. Errors come back by field. */
export async function updateSettings({ org, actor }: OrgContext, input: SettingsInput): Promise<SettingsSaved> {
  const parsed = Patch.safeParse(input)
  if (!parsed.success) return { ok: false, fields: fieldsOf(parsed.error) }
  const { orgId } = org
  const saved = await withOrg(orgId, async (tx): Promise<SettingsSaved> => {
    // No key update: people can be added meanwhile.
    const [before] = await tx.select().from(orgs).where(eq(orgs.orgId, orgId)).for('no key update')
    if (!before) return { ok: false, fields: {} }
    const next: Org = { ...before, ...withoutUndefined(parsed.data) }
    const problem = contradiction(next, next.domainPolicy === 'enforce' ? await verifiedDomains(tx, orgId) : [])
    if (problem) return { ok: false, fields: problem }
    const diff = diffOf(before, next, parsed.data)
    if (diff.length === 0) return { ok: true, eventId: null }
    await tx
      .update(orgs)
      .set({ ...withoutUndefined(parsed.data), ...brakeAnew(before, next) })
      .where(eq(orgs.orgId, orgId))
    const target = { kind: 'org', id: orgId, name: next.name } as const
    return {
      ok: true,
      eventId: await recordIn(tx, orgId, { type: 'org.changed', outcome: 'success', actor, target, diff }),
    }
  })
  if (saved.ok && saved.eventId) wake(orgId)
  return saved
}

/** What no field can tell alone. */
function contradiction(next: Org, verified: string[]): Partial<Record<SettingsField, string>> | null {
  if (next.domainPolicy === 'enforce' && verified.length === 0) {
    return { domainPolicy: 'Verify a domain first: without one, nobody could come in.' }
  }
  if (next.payloadDays > next.eventDays) {
    return { payloadDays: `Requests cannot be kept longer than their events: at most ${next.eventDays} days.` }
  }
  return null
}

/** A brake set anew has held nobody back yet, and nobody has released it. */
function brakeAnew(before: Org, next: Org): Partial<Org> {
  if (before.brakeUsers === next.brakeUsers && before.brakeMinutes === next.brakeMinutes) return {}
  return { brakeTrippedAt: null, brakeReleasedUntil: null }
}

function diffOf(before: Org, next: Org, patch: SettingsPatch): EventDiff[] {
  return Settings.keyof().options.flatMap((path) => {
    if (patch[path] === undefined || before[path] === next[path]) return []
    return [
      {
        path,
        ...(before[path] === null ? {} : { before: before[path] }),
        ...(next[path] === null ? {} : { after: next[path] }),
      },
    ]
  })
}

function fieldsOf(error: z.ZodError): Partial<Record<SettingsField, string>> {
  const fields: Partial<Record<SettingsField, string>> = {}
  for (const issue of error.issues) {
    const field = Settings.keyof().options.find((name) => name === issue.path[0])
    if (field) fields[field] ??= issue.message
  }
  return fields
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Absent and undefined are the same to zod, but not to a spread. */
const withoutUndefined = (patch: SettingsPatch): Present<SettingsPatch> =>
  // What is left has no undefined; TypeScript cannot see through fromEntries.
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Present<SettingsPatch>
