import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/env'
import { DemoError, OktaAwayError } from './errors'
import { demoKeyCookie } from './key'

const WITHIN_MS = 8000
const MAKING_MS = 60_000

const personSchema = z.object({
  id: z.string(),
  login: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  status: z.string(),
  assigned: z.boolean(),
  roles: z.array(z.string()),
  appUserId: z.string().optional(),
})
const outcomeSchema = z.object({ person: personSchema.nullable(), error: z.string().optional() })

const requestSchema = z.object({ at: z.string(), action: z.string(), method: z.string(), status: z.number() })

/** A request the stand-in sent, as its own log has it. */
export type OktaRequest = z.infer<typeof requestSchema>

/** A person as the Okta stand-in knows them (e2e/okta/README.md). */
export type OktaPerson = z.infer<typeof personSchema>

/** Where the stand-in shows its console and answers its JSON API. */
export function oktaAddress(): string {
  const address = env().ROLLCALL_OKTA_CONSOLE
  if (!address) throw new Error('ROLLCALL_OKTA_CONSOLE is not set: this is no demo')
  return address
}

type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** One call of the stand-in's JSON API. Throws OktaAwayError when nothing answers, DemoError with its sentence. */
async function call(method: Verb, path: string, body?: unknown, within = WITHIN_MS): Promise<unknown> {
  const answer = await fetch(`${oktaAddress()}/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', cookie: demoKeyCookie() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: 'no-store',
    signal: AbortSignal.timeout(within),
  }).catch((cause) => {
    throw new OktaAwayError(`The Okta stand-in does not answer at ${oktaAddress()}.`, { cause })
  })
  const told: unknown = await answer.json().catch(() => null)
  if (answer.ok) return told
  const { error } = z
    .object({ error: z.string() })
    .catch({ error: `Status ${answer.status}` })
    .parse(told)
  throw new DemoError(error)
}

const slugsSchema = z.object({ orgs: z.array(z.object({ slug: z.string() })) })
const slugsOf = (told: unknown): string[] => slugsSchema.parse(told).orgs.map(({ slug }) => slug)

/** The companies this stand-in has. */
export const oktaSlugs = async (): Promise<string[]> => slugsOf(await call('GET', '/orgs'))

/** Makes so many more companies, in the stand-in and in Rollcall; their slugs. Takes seconds. */
export const makeCompanies = async (count: number): Promise<string[]> =>
  slugsOf(await call('POST', '/companies', { count }, MAKING_MS))

const lineSchema = z.object({
  at: z.string(),
  name: z.string(),
  text: z.string(),
  request: z
    .object({
      method: z.string(),
      url: z.string(),
      requestBody: z.unknown().optional(),
      status: z.number(),
      responseBody: z.unknown().optional(),
    })
    .optional(),
})

/** A line of the stand-in's System Log. */
export type SystemLogLine = z.infer<typeof lineSchema>

/** The stand-in of one company, as its JSON API gives it. */
export function oktaOf(slug: string) {
  const at = `/orgs/${encodeURIComponent(slug)}`
  const person = (login: string) => `${at}/people/${encodeURIComponent(login)}`
  /** What Rollcall refused is a refusal too: the outcome's own sentence. */
  const act = async (method: Verb, path: string, body?: unknown) => {
    const { person: told, error } = outcomeSchema.parse(await call(method, path, body))
    if (error) throw new DemoError(error)
    return told
  }
  return {
    people: async (): Promise<OktaPerson[]> =>
      z.object({ people: z.array(personSchema) }).parse(await call('GET', `${at}/people`)).people,
    add: async (p: Pick<OktaPerson, 'firstName' | 'lastName' | 'login'> & { title?: string; department?: string }) =>
      personSchema.parse(await call('POST', `${at}/people`, p)),
    update: (login: string, patch: { roles?: string[]; title?: string }) => act('PATCH', person(login), patch),
    run: (login: string, action: 'assign' | 'unassign' | 'deactivate' | 'activate') =>
      act('POST', `${person(login)}/${action}`),
    /** What was sent about a person, newest first. */
    sentAbout: async (id: string): Promise<OktaRequest[]> =>
      z
        .object({ entries: z.array(requestSchema) })
        .parse(await call('GET', `${at}/log?person=${encodeURIComponent(id)}`)).entries,
    /** A logout token of this company's issuer for whatever endpoint is named; nothing is sent. */
    logoutToken: async (audience: string): Promise<string> =>
      z.object({ token: z.string() }).parse(await call('POST', `${at}/logout-token`, { audience })).token,
    /** What its System Log says about a name since then, oldest first. */
    systemLog: async (name: string, since: Date): Promise<SystemLogLine[]> =>
      z
        .object({ entries: z.array(lineSchema) })
        .parse(await call('GET', `${at}/system-log?q=${encodeURIComponent(name)}`))
        .entries.filter((line) => Date.parse(line.at) >= since.getTime())
        .reverse(),
    /** Who may sign in to Rollcall: whoever is assigned, or everybody it knows. */
    letIn: (who: 'assigned' | 'everybody') => call('PUT', `${at}/settings`, { enforceAssignment: who === 'assigned' }),
    /** People and groups back to the seed; nothing is sent. */
    reset: () => call('POST', `${at}/reset`),
  }
}
