import 'server-only'
import { isUnavailable } from '@/db/errors'
import { ownUrl } from './origin'

/** The database is away: pages show the error page, JSON answers 503. */
export class UnavailableError extends Error {
  override name = 'UnavailableError'
}

/** Runs `fn`; a database that is away becomes an UnavailableError. */
export async function orUnavailable<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (cause) {
    throw isUnavailable(cause) ? new UnavailableError('The database cannot be reached', { cause }) : cause
  }
}

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export const json = (status: number, body: unknown, more: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { ...headers, ...more } })

const AWAY = 'Rollcall cannot reach its database right now. Try again in a few seconds.'

export const unavailable = (): Response => json(503, { error: AWAY }, { 'retry-after': '5' })

const unavailableText = (): Response =>
  new Response(AWAY, { status: 503, headers: { ...headers, 'content-type': 'text/plain', 'retry-after': '5' } })

/** An answer to a browser that leads on to `location` with GET. */
export function seeOther(location: string, cookies: string[] = []): Response {
  const out = new Headers({ ...headers, location: location.startsWith('/') ? ownUrl(location) : location })
  for (const cookie of cookies) out.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers: out })
}

/** Wraps a route handler: away means 503 with Retry-After, as JSON or as a sentence for a person's browser. */
export async function route(answer: () => Promise<Response>, as: 'json' | 'text' = 'json'): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof UnavailableError || isUnavailable(error)) {
      return as === 'json' ? unavailable() : unavailableText()
    }
    throw error
  }
}
