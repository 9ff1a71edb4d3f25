import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { UserTab } from '@/lib/directory/list-users'
import { usersHref } from './users-toolbar'

/** Why nobody is in the list, and what to do. */
export function NoUsers({ org, tab, q }: { org: string; tab: UserTab; q: string }) {
  if (q) {
    const everybody = <ButtonLink href={usersHref(org, { tab: 'all' })}>Show everybody</ButtonLink>
    return (
      <EmptyState title={`Nobody matches “${q}”.`} action={everybody}>
        The search looks at names, user names and e-mail addresses of the chosen tab.
      </EmptyState>
    )
  }
  if (tab === 'inactive') {
    return (
      <EmptyState title="Nobody is deactivated.">
        When Okta deactivates somebody, they move here with everything they own, and lose their access at once.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nobody is here yet.">
      People appear by themselves: when Okta assigns them to Rollcall, or, where that is allowed, at their first
      sign-in.
    </EmptyState>
  )
}
