import { z } from 'zod'

export type ScimAnswer = { status: number; headers: Headers; text: string; body: unknown }

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A SCIM client of one address and one token, as any identity provider is; it judges nothing. */
export function scimAt(base: string, token: string | null, send: typeof fetch = fetch) {
  return async (method: string, path: string, body?: unknown): Promise<ScimAnswer> => {
    const response = await send(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: json(text) }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const errorSchema = z.object({ status: z.string(), detail: z.string(), scimType: z.string().optional() })

/** The SCIM error of an answer; throws for a body that is none. */
export const errorOf = (answer: ScimAnswer) => errorSchema.parse(answer.body)

/** The id of the resource in an answer; throws with the answer when there is none. */
export function idOf({ status, text, body }: ScimAnswer): string {
  const { data } = z.object({ id: z.string() }).safeParse(body)
  if (!data) throw new Error(`No resource but ${status}: ${text}`)
  return data.id
}

export const scimUser = (userName: string, more: Record<string, unknown> = {}) => ({
  schemas: [USER_SCHEMA],
  userName,
  active: true,
  name: { givenName: 'Some', familyName: 'Body' },
  emails: [{ value: userName, type: 'work', primary: true }],
  ...more,
})

export const activePatch = (active: boolean) => ({
  schemas: [PATCH_SCHEMA],
  Operations: [{ op: 'replace', value: { active } }],
})

export const scimGroup = (displayName: string, members: string[] = []) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  members: members.map((value) => ({ value })),
})
