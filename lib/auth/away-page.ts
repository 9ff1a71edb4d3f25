import 'server-only'
import { checkHealth } from './health'
import { plainPage } from './plain-page'

const page = (nonce: string) =>
  plainPage({
    nonce,
    title: 'Rollcall cannot reach its database',
    head: '<meta http-equiv="refresh" content="5">',
    body: '<p>Nothing is lost, and nothing was half-written. This page tries again every five seconds.</p>',
  })

/**
 * The 503 for a page that cannot be rendered because the database is away, or null when it is there. Answered ahead of
 * Next, since a page that throws is a bare 500 until scripts run.
 */
export async function awayPage(
  nonce: string,
): Promise<{ body: string; status: 503; headers: Record<string, string> } | null> {
  if ((await checkHealth()).status === 'ok') return null
  const headers = { 'content-type': 'text/html; charset=utf-8', 'retry-after': '5' }
  return { body: page(nonce), status: 503, headers }
}
