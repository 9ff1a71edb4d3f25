import { z } from 'zod'
import { type OrgFixture, oktaUrl, porter } from './fixtures'

const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  requestBody: z.unknown().optional(),
  status: z.number(),
  responseBody: z.unknown().optional(),
  ms: z.number(),
})
const exchangeSchema = requestSchema.extend({ at: z.string(), action: z.string() })
const personSchema = z.object({
  id: z.string(),
  login: z.string(),
  status: z.string(),
  assigned: z.boolean(),
  roles: z.array(z.string()),
  appUserId: z.string().optional(),
})
const outcomeSchema = z.object({
  person: personSchema.nullable(),
  requests: z.array(requestSchema),
  error: z.string().optional(),
})

export type Exchange = z.infer<typeof exchangeSchema>
type NewPerson = { firstName: string; lastName: string; login: string; title?: string; roles?: string[] }

/** The stand-in's JSON API (e2e/okta/README.md) for one company. Every call throws on an answer that is no 2xx. */
export function oktaOf(org: OrgFixture = porter, base: string = oktaUrl) {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${base}/api/orgs/${org.slug}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`The stand-in answered ${response.status}: ${JSON.stringify(answer)}`)
    return answer
  }
  const act = async (method: string, path: string, body?: unknown) => {
    const outcome = outcomeSchema.parse(await call(method, path, body))
    if (!outcome.person) throw new Error('The stand-in named nobody')
    return { ...outcome, person: outcome.person }
  }
  const person = (login: string) => `/people/${encodeURIComponent(login)}`
  return {
    add: async (p: NewPerson) => personSchema.parse(await call('POST', '/people', p)),
    get: async (login: string) => personSchema.parse(await call('GET', person(login))),
    update: (login: string, patch: Partial<NewPerson>) => act('PATCH', person(login), patch),
    run: (login: string, action: 'assign' | 'unassign' | 'deactivate' | 'activate') =>
      act('POST', `${person(login)}/${action}`),
    /** "Clear user sessions": Universal Logout. */
    clearSessions: (login: string, format: 'iss_sub' | 'email' = 'iss_sub') =>
      act('POST', `${person(login)}/clear-sessions`, { format }),
    /** Whether only assigned people may sign in, as an Okta admin switches it per app. */
    enforceAssignment: (enforceAssignment: boolean) => call('PUT', '/settings', { enforceAssignment }),
    /** Another address or token, as an Okta admin types it into the Provisioning form; `aiw`: of an app made by the wizard. */
    pointAt: (to: { scim: string; scimToken: string; mode?: 'oin' | 'aiw' }) => call('PUT', '/settings', to),
    testCredentials: () => call('POST', '/test-credentials'),
    /** A new group with one member, pushed. */
    pushGroup: async (name: string, login: string) => {
      await call('POST', '/groups', { name })
      await call('PUT', `/groups/${encodeURIComponent(name)}/members/${encodeURIComponent(login)}`)
      await call('POST', `/groups/${encodeURIComponent(name)}/push`)
    },
    log: async (): Promise<Exchange[]> =>
      z.object({ entries: z.array(exchangeSchema) }).parse(await call('GET', '/log')).entries,
    /** Adds and assigns; gives the id the app answered with. */
    hire: async (p: NewPerson): Promise<string> => {
      await call('POST', '/people', p)
      const { person: hired, error } = await act('POST', `${person(p.login)}/assign`)
      if (!hired.appUserId) throw new Error(`${p.login} could not be provisioned: ${error}`)
      return hired.appUserId
    },
  }
}
