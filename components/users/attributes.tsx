import Lock from 'lucide-react/icons/lock'
import { Card } from '@/components/ui/card'
import { flattenAttributes, shortPath } from '@/components/ui/diff-text'
import type { UserDetail } from '@/lib/directory/list-users'

const owners: Record<UserDetail['source'], string> = {
  okta: 'From Okta: change it there',
  jit: 'From the first sign-in',
  local: 'Kept here by hand',
}

/** The profile, attribute by attribute, in the words of SCIM. */
export function Attributes({ user }: { user: UserDetail }) {
  const note = (
    <span className="inline-flex items-center gap-1.5">
      {user.source === 'okta' ? <Lock size={12} aria-hidden="true" /> : null}
      {owners[user.source]}
    </span>
  )
  return (
    <Card title="Profile" note={note}>
      <dl className="divide-y divide-border">
        {flattenAttributes(user.attributes).map(({ path, value }) => (
          <div key={path} className="grid gap-x-4 px-4 py-1.5 sm:grid-cols-[15rem_1fr]">
            <dt className="font-mono text-xs leading-5 text-muted" title={path}>
              {shortPath(path)}
            </dt>
            <dd className="min-w-0 text-sm">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
