import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** An empty log: because nothing came yet, or because of the filter. */
export function NoEvents({ org, filtered }: { org: string; filtered: boolean }) {
  if (filtered) {
    const all = <ButtonLink href={`/orgs/${org}/admin/events`}>Show everything</ButtonLink>
    return (
      <EmptyState title="Nothing matches." action={all}>
        No event kept here has this outcome and kind. New ones that do will appear by themselves.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Waiting for the first event.">
      As soon as Okta sends a person, or somebody signs in, a line about it appears here, without a reload.
    </EmptyState>
  )
}
