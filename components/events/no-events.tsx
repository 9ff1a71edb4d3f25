import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { counted } from '@/components/ui/format'
import { type LogAddress, logHref, RANGES } from '@/lib/events/log-address'

/** An empty log: because nothing came yet, or because of what is asked for. */
export function NoEvents({ org, address, terms }: { org: string; address: LogAddress; terms: number }) {
  const custom = address.from !== null
  const when = custom ? 'in this range' : `in the last ${RANGES[address.range].label}`
  const widest = !custom && address.range === 'all'
  if (terms === 0 && widest) {
    return (
      <EmptyState
        title="Waiting for the first event."
        action={<ButtonLink href={`/orgs/${org}/admin/setup`}>Connect Okta</ButtonLink>}
      >
        As soon as Okta sends a person, or somebody signs in, a line about it appears here, without a reload.
      </EmptyState>
    )
  }
  const action = (
    <>
      {widest ? null : (
        <ButtonLink href={logHref(org, address, { range: 'all', from: null, to: null })}>All time</ButtonLink>
      )}
      {terms > 0 ? <ButtonLink href={`/orgs/${org}/admin/events`}>Clear</ButtonLink> : null}
    </>
  )
  return (
    <EmptyState title="Nothing matches." action={action}>
      {terms > 0
        ? `No event ${when} matches ${counted(terms, 'filter')}. New ones that do will appear by themselves.`
        : `Nothing happened ${when}. What does will appear by itself.`}
    </EmptyState>
  )
}
