import 'server-only'
import { isUnavailable } from '@/db/errors'

/** Answers 503 with Retry-After while the database is away; every other error goes on. */
export async function orUnavailable(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    const away = isUnavailable(error) || (error instanceof Error && error.name === 'UnavailableError')
    if (!away) throw error
    const body = { error: 'The database cannot be reached right now. Try again in a few seconds.' }
    return Response.json(body, { status: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' } })
  }
}
