import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type GroupsSearch, groupsHref } from './groups-url'

/** Why no group is in the list, and what to do. */
export function NoGroups({ org, search: { tab, q } }: { org: string; search: GroupsSearch }) {
  if (q) {
    return (
      <EmptyState
        title={`No group matches “${q}”.`}
        action={
          <>
            {tab === 'all' ? null : <ButtonLink href={groupsHref(org, { q })}>Look among all</ButtonLink>}
            <ButtonLink href={groupsHref(org, { tab })}>Clear the search</ButtonLink>
          </>
        }
      >
        Every word has to be in the name of the group.
      </EmptyState>
    )
  }
  if (tab === 'mapped') {
    return (
      <EmptyState title="No group gives a role." action={<ButtonLink href={groupsHref(org)}>All groups</ButtonLink>}>
        A name alone grants nothing, not even “admin”. Open a group and choose the role its people get; you see by name
        who that is before anything is saved.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No groups yet."
      action={<ButtonLink href={`/orgs/${org}/admin/settings/provisioning`}>Check the connection</ButtonLink>}
    >
      Okta sends groups only after <em>Push Groups</em> is set up. In Okta’s Admin Console open the Rollcall app, its
      tab <em>Push Groups</em>, then <em>Push Groups → Find groups by name</em>, and save. The group appears here at
      once, with those of its people who are assigned to Rollcall.
    </EmptyState>
  )
}
