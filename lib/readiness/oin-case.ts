import { z } from 'zod'

export type ScimRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  /** Sends a token that is none. */
  wrongToken?: boolean
}
export type ScimAnswer = { status: number; type: string | null; body: unknown }
export type Send = (request: ScimRequest) => Promise<ScimAnswer>

/** Ids that earlier cases of a run found out. */
export type Noted = Map<string, string>

export const suites = ['SPEC', 'CRUD', 'Entitlements', 'Groups'] as const
type Suite = (typeof suites)[number]

/** One case of Okta's published suites, or of its test plan: what is asked, and what has to come back. */
export type OinCase = {
  id: string
  suite: Suite
  title: string
  /** Okta asks for it, and does not insist. */
  optional?: boolean
  ask: (noted: Noted) => ScimRequest
  status: number
  body: (noted: Noted) => z.ZodType
  /** What later cases need of the answer. */
  note?: (body: unknown, noted: Noted) => void
}

export type CaseResult = Pick<OinCase, 'id' | 'suite' | 'title'> & {
  optional: boolean
  ok: boolean
  /** What was wrong with the answer; null when nothing was. */
  problem: string | null
  request: string
  sent: unknown
  status: number | null
  answer: unknown
}

/** Asks one case. A failure to ask is a failed case, never an exception. */
export async function runCase(each: OinCase, send: Send, noted: Noted): Promise<CaseResult> {
  const { id, suite, title, optional = false } = each
  const request = each.ask(noted)
  const shown = { id, suite, title, optional, request: `${request.method} ${request.path}`, sent: request.body ?? null }
  try {
    const { status, type, body } = await send(request)
    const problem = problemOf(each, noted, status, type, body)
    if (!problem) each.note?.(body, noted)
    return { ...shown, ok: problem === null, problem, status, answer: body }
  } catch (error) {
    const problem = `No answer: ${error instanceof Error ? error.message : String(error)}`
    return { ...shown, ok: false, problem, status: null, answer: null }
  }
}

/** All cases in their order: each may use what the ones before it left. */
export async function runCases(cases: readonly OinCase[], send: Send): Promise<CaseResult[]> {
  const noted: Noted = new Map()
  const results: CaseResult[] = []
  for (const each of cases) results.push(await runCase(each, send, noted))
  return results
}

function problemOf(each: OinCase, noted: Noted, status: number, type: string | null, body: unknown): string | null {
  if (status !== each.status) return `The answer was ${status}, not ${each.status}`
  // Only an answer with a body has a type.
  if (status === 204) return null
  if (!/^application\/scim\+json/.test(type ?? '')) return `The answer’s type was ${type ?? 'not given'}`
  const parsed = each.body(noted).safeParse(body)
  if (parsed.success) return null
  return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`).join('; ')
}

export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'

/** A list answer: its schema, its three numbers, and what is in it. */
export const list = <R extends z.ZodType>(
  resource: R,
  more: { total?: number; perPage?: number; from?: number } = {},
) =>
  z.object({
    schemas: z.tuple([z.literal(LIST)]),
    totalResults: more.total === undefined ? z.number() : z.literal(more.total),
    startIndex: more.from === undefined ? z.number() : z.literal(more.from),
    itemsPerPage: more.perPage === undefined ? z.number() : z.literal(more.perPage),
    Resources: more.total === 0 ? z.array(z.never()).optional() : z.array(resource).min(1),
  })

/** A SCIM error: `status` is a text, `detail` says something, the schema is named. */
export const scimError = (status: number, more: Record<string, z.ZodType> = {}) =>
  z.object({
    schemas: z.tuple([z.literal(ERROR)]),
    status: z.literal(String(status)),
    detail: z.string().min(1),
    ...more,
  })

export const byName = (name: string): string => `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`

/** What Okta sends to create a person, its dummy password included. */
export const oktaPerson = (userName: string, name: { givenName: string; familyName: string }, more: object = {}) => ({
  schemas: [USER],
  userName,
  name,
  emails: [{ primary: true, value: userName, type: 'work' }],
  displayName: `${name.givenName} ${name.familyName}`,
  locale: 'en-US',
  externalId: `00u-${userName}`,
  groups: [],
  password: 'D4mmy-Passw0rd',
  active: true,
  ...more,
})

/** The id in an answer, kept under `key`. */
export const noteId =
  (key: string) =>
  (body: unknown, noted: Noted): void =>
    void noted.set(key, String(Object(body).id))
