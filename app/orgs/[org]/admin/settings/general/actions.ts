'use server'

import { z } from 'zod'
import type { SettingState } from '@/components/settings/setting-form'
import type { ConfirmState } from '@/components/ui/confirm'
import { counted } from '@/components/ui/format'
import { contextOf } from '@/lib/auth/actor'
import { requireAction, type Viewer } from '@/lib/auth/authorize'
import { requireStepUp } from '@/lib/auth/step-up'
import { previewOrgRoles, setOrgRoles } from '@/lib/directory/org-roles'
import { RELEASE_MINUTES, releaseBrake } from '@/lib/orgs/brake'
import { getOrg } from '@/lib/orgs/orgs'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { COUNTED_TO, previewRetention } from '@/lib/orgs/retention-preview'
import { type SettingsInput, updateSettings } from '@/lib/orgs/settings'
import { refresh } from '../../../refresh'

const text = z.string().max(1000).catch('')

/** The named fields as they were typed. */
const typedIn = (form: FormData, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, text.parse(form.get(name))]))
/** True when these very values were asked about and the answer was yes. */
const isSure = (form: FormData, values: Record<string, string>) => form.get('sure') === JSON.stringify(values)

async function save(
  org: string,
  viewer: Viewer,
  values: Record<string, string>,
  patch: SettingsInput,
): Promise<SettingState> {
  const saved = await updateSettings(contextOf(viewer), patch)
  if (!saved.ok) return { values, fields: saved.fields }
  refresh(org)
  return { values, fields: {}, done: saved.eventId ? 'Saved.' : 'It was that already.' }
}

/** Renames the company. The slug never changes. */
export async function nameAction(org: string, _: SettingState, form: FormData): Promise<SettingState> {
  const viewer = await requireAction(org, 'admin', { form })
  const values = typedIn(form, ['name'])
  const done = await save(org, viewer, values, values)
  return done?.done ? { ...done, values: { name: (await getOrg(viewer.orgId))?.name ?? '' } } : done
}

/**
 * Sets what people are whom nothing else gives a role; asks first when that moves somebody. A rule of roles like a mapping,
 * so confirmed with Okta like one.
 */
export async function defaultRoleAction(org: string, _: SettingState, form: FormData): Promise<SettingState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, `/orgs/${encodeURIComponent(org)}/admin/settings/general`)
  const values = typedIn(form, ['defaultRole'])
  const role = z.enum(['member', 'manager']).safeParse(values.defaultRole)
  const company = await getOrg(viewer.orgId)
  if (!role.success || !company) return { values, fields: { defaultRole: 'Choose member or manager.' } }
  const next = { scimRoles: company.scimRoles, defaultRole: role.data }
  const moved = (await previewOrgRoles(viewer.orgId, next))?.byRole.reduce((n, move) => n + move.n, 0) ?? 0
  if (moved > 0 && !isSure(form, values)) {
    return {
      values,
      fields: {},
      ask: `${counted(moved, 'person becomes', 'people become')} ${role.data} by this, at once.`,
    }
  }
  const saved = await setOrgRoles(contextOf(viewer), next)
  if (!saved.ok) return { values, fields: { defaultRole: saved.sentence } }
  refresh(org)
  return { values, fields: {}, done: saved.eventId ? 'Saved.' : 'It was that already.' }
}

/** Sets the brake; empty takes it away. */
export async function brakeAction(org: string, _: SettingState, form: FormData): Promise<SettingState> {
  const viewer = await requireAction(org, 'admin', { form })
  const values = typedIn(form, ['brakeUsers', 'brakeMinutes'])
  const { brakeUsers = '', brakeMinutes = '' } = values
  return save(org, viewer, values, { brakeUsers: brakeUsers.trim() === '' ? null : brakeUsers, brakeMinutes })
}

const atMost = (n: number) =>
  n > COUNTED_TO ? `more than ${COUNTED_TO.toLocaleString('en-US')}` : n.toLocaleString('en-US')

/** Sets how long the log is kept; asks first when that deletes something. */
export async function retentionAction(org: string, _: SettingState, form: FormData): Promise<SettingState> {
  const viewer = await requireAction(org, 'admin', { form })
  const values = typedIn(form, ['eventDays', 'payloadDays'])
  const company = await getOrg(viewer.orgId)
  const [eventDays, payloadDays] = [Number(values.eventDays), Number(values.payloadDays)]
  const isShorter = company && (eventDays < company.eventDays || payloadDays < company.payloadDays)
  if (isShorter && eventDays >= 30 && payloadDays >= 1 && !isSure(form, values)) {
    const { events, payloads } = await previewRetention(viewer.orgId, { eventDays, payloadDays })
    if (events + payloads > 0) {
      const ask = `The next daily run deletes ${atMost(events)} events and ${atMost(payloads)} requests with their answers, for good. Export what you need before.`
      return { values, fields: {}, ask }
    }
  }
  return save(org, viewer, values, values)
}

/** Lets everybody leave for a while. */
export async function releaseAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const minutes = RELEASE_MINUTES.find((each) => String(each) === form.get('minutes'))
  if (!minutes) return { error: 'Choose for how long.' }
  await releaseBrake(contextOf(viewer), minutes)
  refresh(org)
  return { done: 'The brake is released.' }
}

/** Stops Okta: the other answer to the brake. */
export async function stopAction(org: string): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin')
  const set = await setProvisioningState(contextOf(viewer), 'paused')
  if (!set.ok) return { error: set.problem }
  refresh(org)
  return { done: 'Provisioning is paused.' }
}
