import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { roleWords } from '@/components/users/words'

type Props = { org: string; defaultRole: 'member' | 'manager' }

/** The four things that give a role, and what does not. */
export function HowRolesCome({ org, defaultRole }: Props) {
  return (
    <Card title="What gives a role" note="the highest of all wins">
      <ul className="grid list-disc gap-1 py-3 pr-4 pl-9">
        <li>
          <strong className="font-semibold">By hand</strong>, on a person’s page. The only way to be owner.
        </li>
        <li>
          <strong className="font-semibold">A group</strong> for which an admin has chosen a role, below.
        </li>
        <li>
          <strong className="font-semibold">A SCIM role</strong> Okta sends with the person, if its value is switched on
          below.
        </li>
        <li>
          <strong className="font-semibold">Nothing of these</strong>: then a person is {roleWords[defaultRole]}, as{' '}
          <Link href={`/orgs/${org}/admin/settings/general`} prefetch={false} className="text-accent underline">
            General
          </Link>{' '}
          says.
        </li>
      </ul>
      <p className="border-t border-border px-4 py-2.5 text-muted">
        Names never grant. A group called “admin”, a title, a department or an entitlement gives no role by being called
        so: whoever may name things in Okta could otherwise make themselves admin here. Groups and SCIM values reach
        admin at most.
      </p>
    </Card>
  )
}
