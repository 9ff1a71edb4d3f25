import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/env'
import type { DemoCompany } from './companies'
import { DemoError } from './errors'

const WITHIN_MS = 20_000

const userSchema = z.object({
  id: z.string(),
  userName: z.string(),
  externalId: z.string().optional(),
  active: z.boolean(),
})
export type ScimPerson = z.infer<typeof userSchema>
const listSchema = z.object({ Resources: z.array(userSchema) })

export type ScimAnswer = { method: string; path: string; status: number; body: unknown }

/**
 * One SCIM request over HTTP to this server's own address, as `slug`'s URL with `token`: whoever holds a token may put it
 * together with any address, and so may the demo. Throws DemoError when no answer comes.
 */
export async function scimRequest(
  token: string,
  slug: string,
  request: { method: string; path: string; body?: unknown },
): Promise<ScimAnswer> {
  const { method, body } = request
  const path = `/scim/v2/${slug}${request.path}`
  const answer = await fetch(`${env().ROLLCALL_URL}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: 'no-store',
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch((cause) => {
    throw new DemoError(`Rollcall’s own SCIM address ${path} did not answer. Try again.`, { cause })
  })
  const text = await answer.text()
  return { method, path, status: answer.status, body: text === '' ? null : JSON.parse(text) }
}

/** A company's people as its own token sees them, the first thousand. */
export async function scimPeople({ scimToken, slug }: DemoCompany): Promise<ScimPerson[]> {
  const answer = await scimRequest(scimToken, slug, { method: 'GET', path: '/Users?count=1000' })
  return listSchema.parse(answer.body).Resources
}

export const setActive = (active: boolean) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value: { active } }],
})
