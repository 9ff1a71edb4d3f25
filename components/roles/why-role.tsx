import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { SearchForm } from '@/components/ui/search-form'
import { RoleBadge, Status } from '@/components/users/badges'
import { ReasonList } from '@/components/users/reason-list'
import type { RoleAnswer } from '@/lib/directory/why-role'
import { rolesHref } from './roles-url'

type Props = { org: string; who: string; answers: RoleAnswer[] }

/** Why somebody has their role, from the function that decides it, and what about them gives none. */
export function WhyRole({ org, who, answers }: Props) {
  return (
    <Card title="Why does somebody have their role?">
      <div className="px-4 py-3">
        <SearchForm
          action={rolesHref(org)}
          name="who"
          label="Person to explain"
          placeholder="Name, user name or e-mail"
          q={who}
        />
      </div>
      {who && answers.length === 0 ? (
        <p className="border-t border-border px-4 py-3 text-muted">Nobody matches “{who}”.</p>
      ) : null}
      <ul className="divide-y divide-border">
        {answers.map((answer) => (
          <li key={answer.id} className="px-4 py-3 first:border-t first:border-border">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/orgs/${org}/admin/users/${answer.id}`}
                prefetch={false}
                className="min-w-0 font-semibold hover:underline"
              >
                <bdi>{answer.displayName}</bdi>
              </Link>
              <RoleBadge role={answer.role} />
              {answer.active ? null : <Status active={false} />}
            </p>
            <div className="-mx-4 mt-1">
              <ReasonList org={org} reasons={answer.reasons} />
            </div>
            <NoEffect answer={answer} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function NoEffect({ answer: { withoutEffect, otherGroups } }: { answer: RoleAnswer }) {
  const parts = [
    ...withoutEffect.map((value) => `the SCIM role “${value}”, which is not switched on`),
    ...(otherGroups > 0 ? [`${counted(otherGroups, 'group')} for which nobody chose a role`] : []),
  ]
  return parts.length > 0 ? <p className="mt-1.5 text-xs text-muted">Without effect: {parts.join('; ')}.</p> : null
}
