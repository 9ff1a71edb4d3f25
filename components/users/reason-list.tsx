import Link from 'next/link'
import type { ReactNode } from 'react'
import { groupHref } from '@/components/groups/groups-url'
import type { Person } from '@/lib/directory/person'
import { RoleBadge } from './badges'

type RoleReason = Person['roleReasons'][number]

type Props = {
  reasons: RoleReason[]
  /** For admins: their group is a link. */
  org?: string
}

/** So many reasons stand open; somebody in 200 mapped groups has 200. */
const SHOWN = 8

/** What gives a person a role, the highest first: it wins. */
export function ReasonList({ reasons, org }: Props) {
  const line = (reason: RoleReason) => (
    <li key={keyOf(reason)} className="flex items-baseline gap-3 px-4 py-2">
      <RoleBadge role={reason.role} />
      <span className="min-w-0 break-words">{textOf(reason, org)}</span>
    </li>
  )
  const rest = reasons.slice(SHOWN)
  return (
    <>
      <ul className="divide-y divide-border">{reasons.slice(0, SHOWN).map(line)}</ul>
      {rest.length > 0 ? (
        <details className="border-t border-border">
          <summary className="px-4 py-2 text-accent hover:underline">
            {rest.length === 1 ? '1 more reason' : `${rest.length} more reasons`}
          </summary>
          <ul className="divide-y divide-border border-t border-border">{rest.map(line)}</ul>
        </details>
      ) : null}
    </>
  )
}

const keyOf = (reason: RoleReason) =>
  reason.by === 'group' ? reason.groupId : reason.by === 'scim-role' ? `scim ${reason.value}` : reason.by

/** Why a person has a role, in words. */
function textOf(reason: RoleReason, org: string | undefined): ReactNode {
  switch (reason.by) {
    case 'hand':
      return 'Given by hand, here in Rollcall.'
    case 'scim-role':
      return `Okta sends the SCIM role “${reason.value}”, and this company lets it count.`
    case 'group': {
      const name = <bdi>{reason.groupName}</bdi>
      const link = org ? (
        <Link href={groupHref(org, reason.groupId)} prefetch={false} className="underline">
          {name}
        </Link>
      ) : (
        name
      )
      return <>Member of the group “{link}”, which gives this role.</>
    }
    case 'default':
      return 'Nothing gives a higher role: it is what everybody starts with.'
  }
}
