import clsx from 'clsx'
import { Badge } from '@/components/ui/badge'
import type { UserListItem } from '@/lib/directory/list-users'

const sources: Record<UserListItem['source'], [word: string, title: string]> = {
  okta: ['From Okta', 'Okta created this person and keeps the profile'],
  jit: ['Signed in first', 'Came by signing in, before Okta sent anything'],
  local: ['Local', 'Added here by hand; Okta does not know this person'],
}

/** Where a person came from. */
export function Source({ source }: { source: UserListItem['source'] }) {
  const [word, title] = sources[source]
  return (
    <span title={title} className="text-xs whitespace-nowrap text-muted">
      {word}
    </span>
  )
}

/** Active or not: a dot, and the word. */
export function Status({ active }: { active: boolean }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 text-xs font-medium', active ? 'text-ok' : 'text-fail')}>
      <span aria-hidden="true" className={clsx('size-2 rounded-full', active ? 'bg-ok' : 'border-2 border-fail')} />
      {active ? 'Active' : 'Deactivated'}
    </span>
  )
}

export function RoleBadge({ role }: { role: UserListItem['role'] }) {
  return <Badge tone={role === 'member' ? 'neutral' : 'accent'}>{role.charAt(0).toUpperCase() + role.slice(1)}</Badge>
}
