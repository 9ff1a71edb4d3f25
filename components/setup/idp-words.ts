import type { Value } from './values'

export type Idp = 'okta' | 'entra' | 'strict'

type Words = {
  name: string
  /** Where the OIDC application is made. */
  signIn: { path: string[]; fields: [label: string, value: string][]; note: string }
  scim: { path: string[]; fields: [label: string, value: string][]; note: string }
  /** The labels of the fields for the address and the token, and what to do to try them. */
  baseUrl: string
  token: string
  test: string
  /** How a sentence about it begins. */
  it: string
}

/** What whoever copies a token has to know of where it goes. */
export type TokenPlace = Pick<Words, 'name' | 'baseUrl' | 'token' | 'test' | 'it'>

/** The same steps in the words of each identity provider's own console. */
export const idpWords: Record<Idp, Words> = {
  okta: {
    name: 'Okta',
    signIn: {
      path: ['Applications', 'Create App Integration'],
      fields: [
        ['Sign-in method', 'OIDC - OpenID Connect'],
        ['Application type', 'Web Application'],
        ['Grant type', 'Authorization Code'],
        ['Controlled access', 'the people who may sign in'],
      ],
      note: 'Paste the addresses below into the form. After saving, the General tab shows Client ID and secret. The issuer is your Okta address, such as https://acme.okta.com.',
    },
    scim: {
      path: ['Applications', 'Browse App Catalog', 'SCIM 2.0 Test App (Header Auth)', 'Provisioning'],
      fields: [
        ['Enable API integration', 'on'],
        ['Base URL', 'the SCIM connector base URL below'],
        ['API Token', 'the token below'],
        ['To App', 'Create Users, Update User Attributes, Deactivate Users'],
      ],
      note: 'Okta offers SCIM to apps of its catalogue and to SAML or SWA apps made with its wizard, not to OIDC apps: this is a second app. In one made with the wizard, choose General, Provisioning: SCIM, and fill in the Integration form with the values below.',
    },
    baseUrl: 'SCIM connector base URL',
    token: 'HTTP Header, Authorization (in a catalogue app: API Token)',
    it: 'Okta',
    test: 'Press Test Connector Configuration (in a catalogue app: Test API Credentials).',
  },
  entra: {
    name: 'Microsoft Entra ID',
    signIn: {
      path: ['App registrations', 'New registration'],
      fields: [
        ['Supported account types', 'this organizational directory only'],
        ['Redirect URI', 'Web'],
        ['Certificates & secrets', 'New client secret'],
      ],
      note: 'The issuer is https://login.microsoftonline.com/<tenant id>/v2.0. Sign-in is made for Okta and not tried with Entra: test it below before you rely on it.',
    },
    scim: {
      path: ['Enterprise applications', 'your application', 'Provisioning'],
      fields: [
        ['Provisioning Mode', 'Automatic'],
        ['Tenant URL', 'below'],
        ['Secret Token', 'the token below'],
      ],
      note: 'Entra looks a person up before it adds them, and changes groups one member at a time.',
    },
    baseUrl: 'Tenant URL',
    token: 'Secret Token',
    it: 'Entra',
    test: 'Press Test Connection.',
  },
  strict: {
    name: 'another SCIM 2.0 client',
    signIn: {
      path: ['your OpenID Connect provider'],
      fields: [
        ['Client type', 'confidential, with a client secret'],
        ['Grant type', 'authorization code with PKCE'],
      ],
      note: 'The issuer is what its /.well-known/openid-configuration names.',
    },
    scim: {
      path: ['your SCIM client'],
      fields: [
        ['Protocol', 'SCIM 2.0, RFC 7644'],
        ['Authorization header', 'Bearer, then the token'],
      ],
      note: 'Requests are read to the letter; unknown attributes are refused with a sentence.',
    },
    baseUrl: 'Base URL',
    token: 'Bearer token',
    it: 'Your client',
    test: 'Run its connection test, or GET /ServiceProviderConfig.',
  },
}

export function tokenPlace(idp: Idp): TokenPlace {
  const { name, baseUrl, token, test, it } = idpWords[idp]
  return { name, baseUrl, token, test, it }
}

/** What the provisioning form is given, by its own labels. */
export function scimValues(idp: Idp, baseUrl: string): Value[] {
  const base = { label: idpWords[idp].baseUrl, value: baseUrl }
  if (idp !== 'okta') return [base]
  return [
    base,
    { label: 'Unique identifier field for users', value: 'userName' },
    { label: 'Supported provisioning actions', value: 'Push New Users, Push Profile Updates, Push Groups' },
    { label: 'Authentication mode', value: 'HTTP Header' },
  ]
}
