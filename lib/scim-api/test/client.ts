import type { TestOrg } from '@/db/test-orgs'
import { forgetTokens } from '@/lib/orgs/known-tokens'
import { mount } from './mount'

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers }

/** Sends one request to the SCIM app as `org`'s Okta would; `as` sends another org's token to the same address. */
export async function send(
  org: TestOrg,
  method: string,
  path: string,
  body?: unknown,
  { as = org, headers = {} }: { as?: { token: string }; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request(`http://localhost:3000/scim/v2/${org.slug}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as.token}`,
      ...(text === undefined ? {} : { 'content-type': 'application/scim+json' }),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  })
  // Tests change rows behind the app's back; it would see them within a second.
  forgetTokens(org.orgId)
  const response = await mount.fetch(request)
  const answered = await response.text()
  return { status: response.status, body: answered ? JSON.parse(answered) : {}, headers: response.headers }
}

/** What Okta sends to create a person, dummy password and all. */
export const oktaUser = (userName: string, rest: Record<string, unknown> = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  name: { givenName: 'John', familyName: 'Doe' },
  emails: [{ primary: true, value: userName, type: 'work' }],
  displayName: 'John Doe',
  locale: 'en-US',
  externalId: `00u${userName}`,
  groups: [],
  password: 'D4mmy-Passw0rd',
  active: true,
  ...rest,
})

/** Okta's deactivation: a PATCH without a path. */
export const setActive = (active: boolean) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value: { active } }],
})
