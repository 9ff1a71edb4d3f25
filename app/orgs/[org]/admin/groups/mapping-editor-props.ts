import 'server-only'
import type { WantedRole } from '@/components/groups/groups-url'
import type { MappingEditorProps } from '@/components/groups/mapping-editor'
import type { Viewer } from '@/lib/auth/authorize'
import { isSteppedUp, stepUpHref } from '@/lib/auth/step-up'
import { keyOfMoves } from '@/lib/directory/role-changes'
import { previewMapping } from '@/lib/directory/role-mappings'
import type { MappedRole } from '@/lib/directory/roles'
import { mapGroupAction } from './mapping-action'

type Group = { id: string; mapping: { role: MappedRole } | null }

/** What the editor of a group's role shows on the page `hrefOf` leads to, with the preview where a role was chosen. */
export async function mappingEditorProps(
  viewer: Viewer,
  group: Group,
  wanted: WantedRole | null,
  hrefOf: (role: WantedRole) => string,
): Promise<MappingEditorProps> {
  const { orgSlug: org, orgId, userId } = viewer
  const now = group.mapping?.role ?? 'none'
  const isNew = wanted !== null && wanted !== now
  const role = wanted === 'none' ? null : wanted
  const preview = isNew ? await previewMapping(orgId, group.id, role, userId) : null
  const here = hrefOf(wanted ?? now)
  return {
    now,
    wanted,
    preview,
    seen: keyOfMoves(preview?.byRole ?? []),
    hrefOf,
    confirmed: isSteppedUp(viewer),
    confirmHref: stepUpHref(org, here),
    action: mapGroupAction.bind(null, org, group.id, here),
  }
}
