export type OktaPage = { href: string; title: string; about: string }

/** Where Okta, and the people who wrote the standards, say it themselves. */
export const oktaPages: readonly OktaPage[] = [
  {
    href: 'https://developer.okta.com/docs/concepts/scim/',
    title: 'Understanding SCIM',
    about: 'Okta’s own introduction: what is provisioned, and the life of an account.',
  },
  {
    href: 'https://www.okta.com/blog/2017/01/what-is-scim/',
    title: 'What is SCIM?',
    about: 'The short version, without code.',
  },
  {
    href: 'https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20',
    title: 'SCIM protocol, version 2.0',
    about: 'Each request Okta sends, with its body and the answer it wants.',
  },
  {
    href: 'https://help.okta.com/oie/en-us/content/topics/apps/apps_app_integration_wizard_scim.htm',
    title: 'Add SCIM provisioning to app integrations',
    about: 'The clicks in Okta’s Admin Console.',
  },
  {
    href: 'https://developer.okta.com/docs/concepts/oauth-openid/',
    title: 'OAuth 2.0 and OpenID Connect overview',
    about: 'The other half: how people sign in.',
  },
  {
    href: 'https://developer.okta.com/blog/2023/07/28/oidc_workshop',
    title: 'Enterprise-ready workshop: OIDC',
    about: 'Build the sign-in of several companies, step by step.',
  },
  {
    href: 'https://developer.okta.com/blog/2023/07/28/scim-workshop',
    title: 'Enterprise-ready workshop: SCIM',
    about: 'Build the SCIM side of the same app.',
  },
  {
    href: 'https://www.okta.com/integrations/',
    title: 'Okta Integration Network',
    about: 'The catalogue of apps that connect ready-made.',
  },
]

export const standards: readonly OktaPage[] = [
  {
    href: 'https://www.rfc-editor.org/rfc/rfc7643.html',
    title: 'RFC 7643',
    about: 'SCIM’s people and groups: which fields they have.',
  },
  {
    href: 'https://www.rfc-editor.org/rfc/rfc7644.html',
    title: 'RFC 7644',
    about: 'SCIM’s requests and answers.',
  },
  {
    href: 'https://datatracker.ietf.org/doc/draft-kushwaha-scim-tenant-resource/',
    title: 'draft-kushwaha-scim-tenant-resource',
    about: 'A first draft (August 2026, one author, no standard yet) on which company a SCIM request belongs to.',
  },
]
