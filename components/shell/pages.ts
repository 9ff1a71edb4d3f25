import type { Viewer } from '@/lib/auth/session'
import { hasRole } from '@/lib/directory/roles'

export type PageIcon = 'overview' | 'setup' | 'users' | 'groups' | 'events' | 'settings' | 'tasks' | 'access' | 'team'

/** `go` is the second key of its keyboard sequence: G then O opens the overview. */
export type Page = { href: string; name: string; icon: PageIcon; exact: boolean; go: string }
export type PageSection = { title: string; pages: Page[] }

const admin: [path: string, name: string, icon: PageIcon, go: string][] = [
  ['/admin', 'Overview', 'overview', 'o'],
  ['/admin/users', 'Users', 'users', 'u'],
  ['/admin/groups', 'Groups', 'groups', 'g'],
  ['/admin/events', 'Events', 'events', 'e'],
  ['/admin/settings', 'Settings', 'settings', 's'],
  ['/admin/setup', 'Setup', 'setup', 'w'],
]
const mine: typeof admin = [
  ['', 'My tasks', 'tasks', 't'],
  ['/access', 'My access', 'access', 'a'],
]
const team: (typeof admin)[number] = ['/team', 'Team', 'team', 'm']

/** The pages somebody of this role has at the org, in the order of the sidebar, the keyboard and the palette. */
export function pagesOf({ orgSlug, role }: { orgSlug: string; role: Viewer['role'] }): PageSection[] {
  const toPage = ([path, name, icon, go]: (typeof admin)[number]): Page => {
    const exact = path === '' || path === '/admin'
    return { href: `/orgs/${orgSlug}${path}`, name, icon, exact, go }
  }
  const own = { title: 'Work', pages: (hasRole(role, 'manager') ? [...mine, team] : mine).map(toPage) }
  return hasRole(role, 'admin') ? [{ title: 'Admin', pages: admin.map(toPage) }, own] : [own]
}
