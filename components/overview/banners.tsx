import { Banner } from '@/components/ui/banner'
import { ButtonLink } from '@/components/ui/button'
import { counted } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { Overview } from '@/lib/events/overview'
import type { BrakeAlert } from '@/lib/orgs/brake'

type Props = { org: string; overview: Overview; brake: BrakeAlert | null; held: number }

/** What should not wait until somebody looks for it. */
export function Banners({ org, overview, brake, held }: Props) {
  const settings = `/orgs/${org}/admin/settings`
  return (
    <div className="grid gap-2 empty:hidden">
      {overview.hasOwner ? null : (
        <Banner tone="fail" title="Nobody who is active here is an owner.">
          Whoever runs this Rollcall can open a way in with <code className="font-mono text-xs">npm run recover</code>.
        </Banner>
      )}
      {brake ? (
        <Banner
          tone="fail"
          title={`Too many people were leaving: ${counted(brake.waiting, 'person is', 'people are')} held back.`}
          action={<ButtonLink href={`${settings}/general`}>Look at the brake</ButtonLink>}
        >
          More than {brake.limit} within {brake.minutes} minutes, since <Time at={brake.since.toISOString()} />.
        </Banner>
      ) : null}
      {held > 0 ? (
        <Banner
          tone="warn"
          title={`${counted(held, 'person waits', 'people wait')} for you to let them in.`}
          action={<ButtonLink href={`/orgs/${org}/admin/users/review`}>Review</ButtonLink>}
        >
          Okta sent them while provisioning was pending; they cannot sign in yet.
        </Banner>
      ) : null}
      {overview.expiring.map(({ hint, expiresAt }) => (
        <Banner
          key={hint}
          tone="warn"
          title={`The SCIM token that ends in ${hint} expires on ${expiresAt.toISOString().slice(0, 10)}.`}
          action={<ButtonLink href={`${settings}/provisioning`}>Rotate it</ButtonLink>}
        >
          From then on Okta is refused. A new token can work beside the old one until Okta has it.
        </Banner>
      ))}
    </div>
  )
}
