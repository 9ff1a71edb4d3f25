import clsx from 'clsx'
import { Badge } from '@/components/ui/badge'
import type { UserListItem } from '@/lib/directory/list-users'
import { roleWords, sourceWords } from './words'

/** Where a person came from. */
export function Source({ source }: { source: UserListItem['source'] }) {
  const { word, title } = sourceWords[source]
  return (
    <span title={title} className="text-xs whitespace-nowrap text-muted">
      {word}
    </span>
  )
}

/** Active or not: a dot, and the word. `held`: Okta pushed them, and an admin has not let them in yet. */
export function Status({ active, held = false }: { active: boolean; held?: boolean }) {
  const [word, text, dot] = active
    ? (['Active', 'text-ok', 'bg-ok'] as const)
    : held
      ? (['Waits for review', 'text-warn', 'border-2 border-warn'] as const)
      : (['Deactivated', 'text-fail', 'border-2 border-fail'] as const)
  return (
    <span className={clsx('inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap', text)}>
      <span aria-hidden="true" className={clsx('size-2 rounded-full', dot)} />
      {word}
    </span>
  )
}

export function RoleBadge({ role }: { role: UserListItem['role'] }) {
  return <Badge tone={role === 'member' ? 'neutral' : 'accent'}>{roleWords[role]}</Badge>
}
