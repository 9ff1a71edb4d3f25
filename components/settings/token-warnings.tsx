import { Banner } from '@/components/ui/banner'
import { Moment } from './moment'

type Warning = { id: string; hint: string; expiresAt: string; within: 30 | 7 | 1 }

/** A line for each token that ends soon: which, when, what then, what to do. */
export function TokenWarnings({ warnings }: { warnings: Warning[] }) {
  return warnings.map(({ id, hint, expiresAt, within }) => (
    <Banner
      key={id}
      tone={within === 1 ? 'fail' : within === 7 ? 'warn' : 'info'}
      title={`The SCIM token …${hint} ends within ${within === 1 ? 'a day' : `${within} days`}.`}
    >
      From <Moment at={expiresAt} /> on Okta is refused with it. Rotate it and give Okta the new one before.
    </Banner>
  ))
}
