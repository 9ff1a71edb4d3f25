import Activity from 'lucide-react/icons/activity'
import ListChecks from 'lucide-react/icons/list-checks'
import Network from 'lucide-react/icons/network'
import Users from 'lucide-react/icons/users'
import type { Viewer } from '@/lib/auth/authorize'
import { hasRole } from '@/lib/directory/roles'
import { NavLink } from './nav-link'

type Props = { viewer: Pick<Viewer, 'orgSlug' | 'role'>; label: string }

/** What this person may open; the pages decide again. */
export function Nav({ viewer, label }: Props) {
  const base = `/orgs/${viewer.orgSlug}`
  return (
    <nav aria-label={label} className="grid gap-0.5">
      <NavLink href={base} exact>
        <ListChecks size={16} aria-hidden="true" />
        My tasks
      </NavLink>
      {hasRole(viewer.role, 'manager') ? (
        <NavLink href={`${base}/team`}>
          <Network size={16} aria-hidden="true" />
          Team tasks
        </NavLink>
      ) : null}
      {hasRole(viewer.role, 'admin') ? (
        <>
          <p className="mt-4 mb-1 px-2.5 text-xs font-medium text-muted">Admin</p>
          <NavLink href={`${base}/admin/users`}>
            <Users size={16} aria-hidden="true" />
            Users
          </NavLink>
          <NavLink href={`${base}/admin/events`}>
            <Activity size={16} aria-hidden="true" />
            Events
          </NavLink>
        </>
      ) : null}
    </nav>
  )
}
