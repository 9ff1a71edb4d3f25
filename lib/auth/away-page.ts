import 'server-only'
import { checkHealth } from './health'

const page = (nonce: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="5"><title>Unavailable · Rollcall</title>
<style nonce="${nonce}">body{font:15px/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}h1{font-size:1.4rem}</style>
</head><body><main><h1>Rollcall cannot reach its database</h1>
<p>Nothing is lost, and nothing was half-written. This page tries again every five seconds.</p></main></body></html>`

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
