import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Time } from '@/components/ui/time'

type Props = {
  org: string
  owners: { id: string; displayName: string; userName: string; lastSignInAt: string | null }[]
}

/** How to get in when Okta cannot let anybody in. */
export function BreakGlass({ org, owners }: Props) {
  const command = `npm run recover -- --org ${org}`
  return (
    <Card title="When nobody can sign in" note="break-glass">
      <div className="grid gap-3 p-4">
        <p className="max-w-prose">
          If sign-in with Okta is broken, whoever runs this Rollcall can print a link that lets an owner in without
          Okta: it works once, within 15 minutes, and opens a session of 30 minutes. The log says that it was used.
        </p>
        <p className="flex flex-wrap items-center gap-1">
          <code className="min-w-0 rounded bg-raised px-2 py-1 font-mono text-xs break-all select-all">{command}</code>
          <CopyButton text={command} label="Copy the command" />
        </p>
        <div>
          <h3 className="font-medium">Owners</h3>
          {owners.length > 0 ? (
            <ul className="mt-1 grid gap-1">
              {owners.map((owner) => (
                <li key={owner.id} className="flex flex-wrap gap-x-3">
                  <Link href={`/orgs/${org}/admin/users/${owner.id}`} prefetch={false} className="underline">
                    {owner.displayName}
                  </Link>
                  <span className="text-muted">{owner.userName}</span>
                  <span className="text-muted">
                    {owner.lastSignInAt ? (
                      <>
                        signed in <Time at={owner.lastSignInAt} />
                      </>
                    ) : (
                      'has not signed in yet'
                    )}
                  </span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mt-1 text-warn">
              Nobody. Name an active person in the command (<code>--user</code>) to make an owner of them.
            </p>
          )}
          {owners.length === 1 ? (
            <p className="mt-2 max-w-prose text-muted">
              One owner is one illness away from none. Give a second person the role on their page.
            </p>
          ) : null}
        </div>
      </div>
    </Card>
  )
}
