import Link from 'next/link'
import { counted } from '@/components/ui/format'

type Props = {
  org: string
  total: number
  first: { id: string; displayName: string; domain: string | null }[]
  domains: string[]
}

/** Who is here now although outside the verified domains, so that nobody is surprised by a policy. */
export function Outsiders({ org, total, first, domains }: Props) {
  if (domains.length === 0) {
    return (
      <p className="border-t border-border px-4 py-3 text-muted">No domain is verified yet, so nobody is outside.</p>
    )
  }
  if (total === 0) {
    return <p className="border-t border-border px-4 py-3 text-muted">Everybody here has an address on your domains.</p>
  }
  return (
    <div className="border-t border-border px-4 py-3">
      <p>
        {counted(total, 'person is', 'people are')} outside <span className="break-words">{domains.join(', ')}</span>.
        The policy leaves them, unless their address changes or they leave and come back.
      </p>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {first.map((person) => (
          <li key={person.id}>
            <Link href={`/orgs/${org}/admin/users/${person.id}`} prefetch={false} className="underline">
              {person.displayName}
            </Link>{' '}
            <span className="text-xs text-muted">{person.domain ?? 'no e-mail address'}</span>
          </li>
        ))}
        {total > first.length ? (
          <li className="text-muted">and {(total - first.length).toLocaleString('en-US')} more</li>
        ) : null}
      </ul>
    </div>
  )
}
