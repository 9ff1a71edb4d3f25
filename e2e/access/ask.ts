import type { APIRequestContext, APIResponse } from 'playwright'
import type { Row } from './rows'

/** The address of a route for one company and one id. */
export function pathOf(route: string, row: Row, id: string, slug = 'porter'): string {
  const [, address = ''] = route.split(' ')
  if (row.door === 'open') return row.path ?? address.replace('[org]', slug)
  return address.replace('[org]', slug).replace('[id]', id) + (row.query ?? '')
}

/** Asks a route by its own method; a form where that is POST. */
export async function ask(client: APIRequestContext, route: string, path: string, row?: Row): Promise<APIResponse> {
  const [method = 'GET'] = route.split(' ')
  const headers = row?.door === 'open' && row.origin ? { origin: row.origin } : {}
  return client.fetch(path, { method, headers, ...(method === 'GET' ? {} : { form: {} }) })
}

/** The status of a stream, with the client's cookies: its body never ends. */
export async function headOf(client: APIRequestContext, url: URL, headers: Record<string, string>): Promise<number> {
  const { cookies } = await client.storageState()
  const stop = new AbortController()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { status } = await fetch(url, { headers: { cookie, ...headers }, signal: stop.signal })
  stop.abort()
  return status
}
