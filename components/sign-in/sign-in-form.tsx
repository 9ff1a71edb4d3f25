import { Button } from '@/components/ui/button'

type Props = { slug: string; from?: string | undefined; loginHint?: string | undefined; children: string }

/** Goes on to the org's Okta. A plain form: works without scripts. */
export function SignInForm({ slug, from, loginHint, children }: Props) {
  return (
    <form method="post" action={`/sign-in/${slug}/start`}>
      {from ? <input type="hidden" name="from" value={from} /> : null}
      {loginHint ? <input type="hidden" name="login_hint" value={loginHint} /> : null}
      <Button type="submit" look="primary">
        {children}
      </Button>
    </form>
  )
}
