import { ScimError } from '@/lib/scim/errors'
import { parseJsonBody } from '@/lib/scim/json'
import type { Context } from './context'

const MIB = 1024 * 1024
/** For Groups and Bulk: 50,000 members in one PUT. */
export const LARGE = 8 * MIB
const ACCEPTED = ['application/scim+json', 'application/json']

/** Reads and parses the body, counting while reading. ScimError 415, 413 or 400; never reads before the token was checked. */
export async function readBody(c: Context, limit = MIB): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!ACCEPTED.includes(type)) {
    throw new ScimError(415, undefined, 'The Content-Type must be application/scim+json or application/json')
  }
  const body = parseJsonBody(await readText(c, limit))
  c.set('body', body)
  return body
}

async function readText(c: Context, limit: number): Promise<string> {
  const tooLarge = () => new ScimError(413, undefined, `The body is larger than ${limit / MIB} MiB; send less at once`)
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge()
  const stream = c.req.raw.body
  if (!stream) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new ScimError(400, 'invalidSyntax', 'The body is not valid UTF-8')
  }
}
