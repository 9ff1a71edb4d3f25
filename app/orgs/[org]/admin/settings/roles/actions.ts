'use server'

import { z } from 'zod'
import { previewText } from '@/components/groups/preview-words'
import { rolesHref } from '@/components/roles/roles-url'
import type { SettingState } from '@/components/settings/setting-form'
import type { ConfirmState } from '@/components/ui/confirm'
import { contextOf } from '@/lib/auth/actor'
import { requireAction, type Viewer } from '@/lib/auth/authorize'
import { requireStepUp } from '@/lib/auth/step-up'
import { entitlementSchema, removeEntitlement, saveEntitlement } from '@/lib/directory/entitlement-catalogue'
import { previewOrgRoles, setOrgRoles } from '@/lib/directory/org-roles'
import { keyOfMoves } from '@/lib/directory/role-changes'
import { MAPPED_ROLES } from '@/lib/directory/roles'
import { getOrg } from '@/lib/orgs/orgs'
import { refresh } from '../../../refresh'

/** Sets which SCIM `roles` values count; asks first, by name, when that changes somebody's role. */
export async function scimRolesAction(org: string, _: SettingState, form: FormData): Promise<SettingState> {
  const viewer = await requireAction(org, 'admin', { form })
  requireStepUp(viewer, rolesHref(org))
  const company = await getOrg(viewer.orgId)
  const on = MAPPED_ROLES.filter((value) => form.get(value) === 'on')
  const values = Object.fromEntries(MAPPED_ROLES.map((value) => [value, on.includes(value) ? 'on' : '']))
  if (!company) return { values, fields: {} }
  const next = { scimRoles: on, defaultRole: company.defaultRole }
  const preview = await previewOrgRoles(viewer.orgId, next, viewer.userId)
  const moves = preview?.byRole ?? []
  const agreed = JSON.stringify([values, keyOfMoves(moves)])
  if (preview && moves.length > 0 && form.get('sure') !== agreed) {
    const own = preview.own ? ` You are one of them: you become ${preview.own.to}.` : ''
    return { values, fields: {}, ask: `${previewText(preview)}${own}`, sure: agreed }
  }
  const saved = await setOrgRoles(contextOf(viewer), next, keyOfMoves(moves))
  refresh(org)
  if (!saved.ok) return { values, fields: {}, ask: saved.sentence }
  return { values, fields: {}, done: saved.eventId ? 'Saved.' : 'It was that already.' }
}

const typed = z.string().max(1000).catch('')

async function save(viewer: Viewer, how: 'add' | 'change', form: FormData, value?: string): Promise<SettingState> {
  const names = ['value', 'displayName', 'type', 'description']
  const values = Object.fromEntries(names.map((name) => [name, typed.parse(form.get(name))]))
  const parsed = entitlementSchema.safeParse({ ...values, ...(value === undefined ? {} : { value }) })
  if (!parsed.success) {
    return { values, fields: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path[0], message])) }
  }
  const saved = await saveEntitlement(contextOf(viewer), parsed.data, how)
  if (!saved.ok) return { values, fields: { [how === 'add' ? 'value' : 'displayName']: saved.sentence } }
  refresh(viewer.orgSlug)
  if (how === 'add') return { values: {}, fields: {}, done: `${parsed.data.displayName} is in the catalogue.` }
  return { values, fields: {}, done: saved.eventId ? 'Saved.' : 'It was that already.' }
}

/** Adds an entry to the catalogue of entitlements. */
export async function addEntitlementAction(org: string, _: SettingState, form: FormData): Promise<SettingState> {
  return save(await requireAction(org, 'admin', { form }), 'add', form)
}

/** Changes what an entry says; its value stays. */
export async function changeEntitlementAction(
  org: string,
  value: string,
  _: SettingState,
  form: FormData,
): Promise<SettingState> {
  return save(await requireAction(org, 'admin', { value, form }), 'change', form, value)
}

/** Takes an entry out of the catalogue. */
export async function removeEntitlementAction(org: string, _: ConfirmState, form: FormData): Promise<ConfirmState> {
  const viewer = await requireAction(org, 'admin', { form })
  const removed = await removeEntitlement(contextOf(viewer), typed.parse(form.get('value')))
  refresh(org)
  return removed ? { done: 'The entitlement is removed.' } : { error: 'This entry is no longer in the catalogue.' }
}
