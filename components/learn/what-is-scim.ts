/** What SCIM is, in at most 150 words (a test counts them). */
export const whatIsScim = [
  'SCIM is a common language in which one server tells another who works somewhere. When a company hires John, its Okta calls every app he will use and says: add this person. When his job changes, it says what changed. When he leaves, it says he is no longer active.',
  'The calls are plain HTTP with JSON: POST to add, PUT or PATCH to change, GET to look. RFC 7643 names the fields of a person and a group, RFC 7644 the requests. So an app builds this once, and every customer’s directory can talk to it.',
  'SCIM is not a login. Nobody proves who they are with it, and no browser takes part. Signing in is the work of OIDC. SCIM decides whether there is an account to sign in to, and takes it away while its owner is at home.',
] as const
