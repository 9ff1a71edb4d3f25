import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type UsersSearch, usersHref } from './users-url'

/** Why nobody is in the list, and what to do. */
export function NoUsers({ org, search }: { org: string; search: UsersSearch }) {
  const { tab, q, role, source, group } = search
  const filters = [q, role, source, group].filter(Boolean).length
  if (filters > 0) {
    const everybody = (
      <>
        {tab === 'all' ? null : (
          <ButtonLink href={usersHref(org, { ...search, tab: 'all' })}>Look among all</ButtonLink>
        )}
        <ButtonLink href={usersHref(org, { tab })}>Clear {filters > 1 ? 'the filters' : 'the filter'}</ButtonLink>
      </>
    )
    return (
      <EmptyState title={q && filters === 1 ? `Nobody matches “${q}”.` : `Nobody matches.`} action={everybody}>
        The search looks at names, user names and e-mail addresses; every word has to be in one of them.
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
    <EmptyState
      title="Nobody is here yet."
      action={<ButtonLink href={`/orgs/${org}/admin/setup`}>Connect Okta</ButtonLink>}
    >
      People appear by themselves: when Okta assigns them to Rollcall, or, where that is allowed, at their first
      sign-in. Whom Okta does not know you add by hand.
    </EmptyState>
  )
}
