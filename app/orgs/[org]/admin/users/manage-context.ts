import 'server-only'
import { contextOf } from '@/lib/auth/actor'
import type { Viewer } from '@/lib/auth/authorize'
import type { ManageContext } from '@/lib/directory/manage-users'

/** The viewer as somebody who changes people by hand. */
export const manageContext = (viewer: Viewer): ManageContext => ({
  ...contextOf(viewer),
  actorRole: viewer.role,
})

const ROLES: readonly Viewer['role'][] = ['member', 'manager', 'admin', 'owner']

/** A role a form names; '' is none, undefined is no role at all. */
export const roleFrom = (text: unknown): Viewer['role'] | null | undefined =>
  text === '' ? null : ROLES.find((role) => role === text)

/** The roles the viewer may give: only owners make owners. */
export const rolesFor = (viewer: Viewer): Viewer['role'][] =>
  ROLES.filter((role) => role !== 'owner' || viewer.role === 'owner')
