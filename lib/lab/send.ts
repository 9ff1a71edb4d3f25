import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/env'
import { BASES, type Door } from './doors'

/** A request: at which door of whose address, with which key; '' is none. `action`: the id of the server action called. */
export type Shot = {
  door?: Door
  slug: string
  token: string
  method: string
  path: string
  body?: unknown
  action?: string | null
}

export type Answer = {
  status: number
  headers: Record<string, string>
  body: unknown
  /** Of a page all that was sent, without its nonces: more than is worth showing, and compared all the same. */
  page?: string
  requestId: string | null
}

export type Send = (shot: Shot) => Promise<Answer>

/** What an answer says beside its body; dates and request ids differ between any two. */
const HEADERS = [
  ...['content-type', 'cache-control', 'www-authenticate', 'etag', 'location', 'allow', 'retry-after'],
  'x-action-redirect',
]

export const addressOf = ({ door = 'scim', slug, path }: Pick<Shot, 'door' | 'slug' | 'path'>): string =>
  `${env().ROLLCALL_URL}${BASES[door]}/${slug}${path}`

function headersOf({ door = 'scim', token, body, action }: Shot): Record<string, string> {
  const isSession = door !== 'scim' && door !== 'logout'
  const type = door === 'scim' ? 'application/scim+json' : 'application/json'
  return {
    ...(token === '' ? {} : isSession ? { cookie: token } : { authorization: `Bearer ${token}` }),
    ...(body === undefined || isSession ? {} : { 'content-type': type }),
    ...(action
      ? { 'next-action': action, accept: 'text/x-component', origin: new URL(env().ROLLCALL_URL).origin }
      : {}),
  }
}

/** A server action takes its arguments as React sends them: the company, the person, no state, and a form. */
function bodyOf({ door, slug, body }: Shot): string | FormData | undefined {
  if (body === undefined) return undefined
  if (door !== 'action') return JSON.stringify(body)
  const { person, ...fields } = actionSchema.parse(body)
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value)
  form.append('0', JSON.stringify([slug, person, null, '$K1']))
  return form
}

const actionSchema = z.object({ person: z.string() }).catchall(z.string())

/** Sends shots with `fetch`, over the network or into an app of this process. */
export function sender(fetchIt: (request: Request) => Response | Promise<Response>): Send {
  return async (shot) => {
    const body = bodyOf(shot)
    const request = new Request(addressOf(shot), {
      method: shot.method,
      cache: 'no-store',
      redirect: 'manual',
      headers: headersOf(shot),
      ...(body === undefined ? {} : { body }),
    })
    const response = await fetchIt(request)
    const text = await response.text()
    const headers = HEADERS.flatMap((name) => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    return {
      status: response.status,
      headers: Object.fromEntries(headers),
      ...bodyIn(response.headers, text),
      requestId: response.headers.get('x-request-id'),
    }
  }
}

/** JSON as it is; of a page what is read on it, of an action what it says, or nothing where it leads elsewhere. */
function bodyIn(headers: Headers, text: string): Pick<Answer, 'body' | 'page'> {
  const type = headers.get('content-type') ?? ''
  if (text === '') return { body: null }
  if (/json/.test(type)) return { body: JSON.parse(text) }
  const page = text.replaceAll(/nonce(=\\?"|\\?":\\?")[^"\\]+/g, 'nonce')
  // With where it leads comes that page, which may say whose session it was elsewhere.
  if (headers.has('x-action-redirect')) return { body: null }
  if (!/html/.test(type)) return { body: text, page }
  const words = text.replaceAll(/<(script|style|head)\b.*?<\/\1>/gs, ' ').replaceAll(/<[^>]*>/g, ' ')
  return { body: words.replaceAll(/\s+/g, ' ').trim() || null, page }
}
