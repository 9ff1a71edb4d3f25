import 'server-only'
import { testCallback } from './connection-check'
import { universalLogoutUrl } from './logout-token'
import { ownUrl } from './origin'
import { stepUpCallback } from './step-up-okta'

/** What an Okta admin enters for this org, under the labels Okta's forms have. */
export const oktaAddresses = (slug: string) => [
  {
    label: 'Sign-in redirect URI',
    url: ownUrl(`/api/auth/callback/okta-${slug}`),
    note: 'where Okta sends people who sign in',
  },
  { label: 'Sign-in redirect URI', url: stepUpCallback(slug), note: 'for “Confirm with Okta”' },
  { label: 'Sign-in redirect URI', url: testCallback(slug), note: 'for “Test this connection”' },
  { label: 'Sign-out redirect URI', url: ownUrl(`/sign-in/${slug}`), note: 'where people are after signing out' },
  { label: 'Initiate login URI', url: ownUrl(`/login/okta/${slug}`), note: 'the Rollcall tile in Okta' },
  {
    label: 'Logout endpoint URL',
    url: universalLogoutUrl(slug),
    note: 'Universal Logout, on the Authentication tab; Signed JWT, either subject format',
  },
]
