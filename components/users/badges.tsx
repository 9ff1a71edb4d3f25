import { Badge, type Tone } from '@/components/ui/badge'
import type { UserListItem } from '@/lib/directory/list-users'

const sources: Record<UserListItem['source'], [word: string, title: string]> = {
  okta: ['From Okta', 'Okta created this person and keeps the profile'],
  jit: ['Signed in first', 'Came by signing in, before Okta sent anything'],
  local: ['Local', 'Added here by hand; Okta does not know this person'],
}

export function SourceBadge({ source }: { source: UserListItem['source'] }) {
  const [word, title] = sources[source]
  return (
    <Badge title={title} tone={source === 'okta' ? 'accent' : 'neutral'}>
      {word}
    </Badge>
  )
}

export function StatusBadge({ active }: { active: boolean }) {
  return active ? <Badge tone="ok">Active</Badge> : <Badge tone="fail">Deactivated</Badge>
}

const roleTones: Record<UserListItem['role'], Tone> = {
  owner: 'warn',
  admin: 'accent',
  manager: 'ok',
  member: 'neutral',
}

export function RoleBadge({ role }: { role: UserListItem['role'] }) {
  return <Badge tone={roleTones[role]}>{role.charAt(0).toUpperCase() + role.slice(1)}</Badge>
}
