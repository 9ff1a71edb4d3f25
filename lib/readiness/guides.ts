import { oktaAddresses } from '@/lib/auth/okta-addresses'

export type GuideFacts = { name: string; slug: string; baseUrl: string; issuer: string | null }

/** The headlines Okta asks for in a configuration guide, in Okta's order (C17, C27). */
export const HEADLINES = [
  'Supported Features',
  'Requirements',
  'Configuration Steps',
  'Attributes and Mapping',
  'Known Issues/Troubleshooting and Tips',
] as const

type Part = (typeof HEADLINES)[number]
type Guide = Record<Part, string[]>

const markdown = (title: string, guide: Guide): string =>
  [`# ${title}`, ...HEADLINES.flatMap((head) => ['', `## ${head}`, '', ...guide[head]]), ''].join('\n')

/** How a company signs in to Rollcall through Okta, as Markdown. */
export function ssoGuide({ name, slug, issuer }: GuideFacts): string {
  const addresses = oktaAddresses(slug).map(({ label, url, note }) => `   - ${label}: \`${url}\` (${note})`)
  return markdown(`Configure single sign-on for Rollcall (OIDC): ${name}`, {
    'Supported Features': [
      '- SP-initiated sign-in (OpenID Connect, authorization code with PKCE)',
      '- IdP-initiated sign-in by the tile (Initiate login URI)',
      '- Just-in-time provisioning, when an admin switches it on and SCIM is not used',
      '- Universal Logout',
    ],
    Requirements: ['- An administrator of Okta', `- An admin of ${name} in Rollcall`],
    'Configuration Steps': [
      '1. In Okta, create an OIDC web application and give it these addresses:',
      ...addresses,
      '2. In Rollcall, open Settings → Sign-in and enter:',
      `   - Issuer: \`${issuer ?? 'https://your-domain.okta.com'}\``,
      '   - Client ID and client secret, from the application’s General tab',
      '3. Press Test this connection. Assign people in Okta.',
    ],
    'Attributes and Mapping': [
      '- `sub`: matched with the SCIM externalId',
      '- `email`: on a verified domain, for a first sign-in without SCIM',
    ],
    'Known Issues/Troubleshooting and Tips': [
      '- “Not provisioned”: the person is not assigned in Okta, or SCIM has not sent them yet.',
      `- \`npm run okta:check -- --org ${slug}\` names what is wrong with a connection.`,
    ],
  })
}

/** How Okta keeps a company's people in Rollcall, as Markdown. */
export function scimGuide({ name, baseUrl }: GuideFacts): string {
  return markdown(`Configure provisioning for Rollcall (SCIM 2.0): ${name}`, {
    'Supported Features': [
      '- Create, update and deactivate users; reactivate on the same id',
      '- Push groups; import users and groups',
      '- Roles and entitlements',
    ],
    Requirements: ['- Single sign-on is configured', `- A SCIM token of ${name}, from Settings → Provisioning`],
    'Configuration Steps': [
      '1. In Okta, open the application’s Provisioning tab and choose Configure API integration.',
      `   - SCIM connector base URL: \`${baseUrl}\``,
      '   - Unique identifier field: `userName`',
      '   - Authentication mode: HTTP header, with the token',
      '2. Press Test API Credentials.',
      '3. Under To App enable Create Users, Update User Attributes and Deactivate Users.',
      '4. Assign people, and push the groups that give roles.',
    ],
    'Attributes and Mapping': [
      '| Okta | SCIM | Rollcall |',
      '|---|---|---|',
      '| login | userName | user name |',
      '| firstName, lastName | name.givenName, name.familyName | name |',
      '| email | emails[type eq "work"].value | e-mail |',
      '| title, department | title, enterprise extension | title, department |',
      '| user id | externalId | what sign-in is matched by |',
    ],
    'Known Issues/Troubleshooting and Tips': [
      '- Passwords are ignored: people sign in through Okta.',
      '- Suspending in Okta sends nothing; clear the sessions, or deactivate.',
      '- Do not use the same group for assignments and Push Groups.',
      '- Groups in groups are refused with a sentence.',
    ],
  })
}
