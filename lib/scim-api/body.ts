import { ScimError } from '@/lib/scim/errors'
import { parseJsonBody } from '@/lib/scim/json'
import { type Context, headerOf, incomingOf } from './context'

const MIB = 1024 * 1024
/** For Groups and Bulk: 50,000 members in one PUT. */
export const LARGE = 8 * MIB
const ACCEPTED = ['application/scim+json', 'application/json']

/** Reads and parses the body, counting while reading. ScimError 415, 413 or 400; never reads before the token was checked. */
export async function readBody(c: Context, limit = MIB): Promise<unknown> {
  const type = (headerOf(c, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!ACCEPTED.includes(type)) {
    throw new ScimError(415, undefined, 'The Content-Type must be application/scim+json or application/json')
  }
  const body = parseJsonBody(await readText(c, limit))
  c.set('body', body)
  return body
}

async function readText(c: Context, limit: number): Promise<string> {
  const tooLarge = () => new ScimError(413, undefined, `The body is larger than ${limit / MIB} MiB; send less at once`)
  if (Number(headerOf(c, 'content-length') ?? 0) > limit) throw tooLarge()
  const incoming = incomingOf(c)
  const chunks = incoming ? await chunksOf(incoming, limit) : await chunksOfStream(c.req.raw.body, limit)
  if (!chunks) throw tooLarge()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  } catch {
    throw new ScimError(400, 'invalidSyntax', 'The body is not valid UTF-8')
  }
}

type Incoming = NonNullable<ReturnType<typeof incomingOf>>

/** The body as it comes in, without the Request, streams and signals that stand between otherwise; null: over the limit. */
function chunksOf(incoming: Incoming, limit: number): Promise<Uint8Array[] | null> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    const done = (settle: () => void) => {
      incoming.off('data', take).off('end', end).off('error', lost).off('close', lost)
      settle()
    }
    const take = (chunk: Buffer) => {
      size += chunk.byteLength
      chunks.push(chunk)
      if (size <= limit) return
      // What is left is read and dropped when the answer is out.
      incoming.pause()
      done(() => resolve(null))
    }
    const end = () => done(() => resolve(chunks))
    const lost = (error?: Error) => done(() => reject(error ?? new Error('The client went away within its request')))
    // Who went away while the token was checked sends nothing any more, neither an end nor an error.
    if (incoming.destroyed && !incoming.readableEnded) return reject(new Error('The client went away before its body'))
    incoming.on('data', take).on('end', end).on('error', lost).on('close', lost)
  })
}

async function chunksOfStream(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array[] | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength
    if (size > limit) return null
    chunks.push(chunk)
  }
  return chunks
}
