import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { assertSafeRole } from '@/db/guard'
import { stampAddress } from '@/lib/address'
import { blameUnread } from '@/lib/auth/begun'
import { mayBeAction, refusePage, stampHost } from '@/lib/auth/page-request'
import { env } from '@/lib/env'
import { shutdown } from '@/lib/process'
import { scimApp } from '@/lib/scim-api/app'
import { refuseAtDoor } from '@/lib/scim-api/door'

/** The production entry: SCIM answers ahead of Next in one process (DESIGN §8). */
const STOP_WITHIN_MS = 1800
const FIRST_ANSWERS_MS = 100

const PLAIN = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

const isScim = (url = '') => /^\/scim\/v2(?:[/?]|$)/.test(url)

async function main() {
  // Tells instrumentation.ts that checks and stop are done here.
  process.env.ROLLCALL_SERVER = '1'
  env()
  await assertSafeRole()
  const host = process.env.HOST || undefined
  const port = Number(process.env.PORT || 3000)
  const scim = getRequestListener(scimApp.fetch)
  // SCIM needs nothing of Next, so it answers while that still loads; pages and /api/health wait for it.
  let loaded: (page: RequestListener) => void = () => undefined
  const pages = new Promise<RequestListener>((resolve) => {
    loaded = resolve
  })

  const server = createServer((req, res) => {
    if (isScim(req.url)) return void (refuseAtDoor(req, res) || scim(req, res))
    const refusal = refusePage(req)
    if (refusal) return void res.writeHead(refusal.status, PLAIN).end(refusal.text)
    stampAddress(req)
    stampHost(req)
    const answer = () => void pages.then((page) => page(req, res))
    if (mayBeAction(req)) return blameUnread(res, answer)
    answer()
  })
  // Longer than the idle time of common load balancers, so they never send on a connection just closed here.
  server.keepAliveTimeout = 75_000
  server.once('error', (error) => fail(error))
  server.listen(port, host)

  let stopping = false
  const stop = async () => {
    if (stopping) return process.exit(1)
    stopping = true
    // A stream or a slow query does not hold the process.
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref()
    const closed = new Promise((resolve) => server.close(resolve))
    setInterval(() => server.closeIdleConnections(), 50)
    await shutdown()
    await closed
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())

  await once(server, 'listening')
  // To load Next keeps the thread busy for a second: who already waits for SCIM is answered before.
  await pause(FIRST_ANSWERS_MS)
  loaded(await loadPages())
  console.log(`Rollcall answers at ${env().ROLLCALL_URL} (port ${port})`)
}

async function loadPages(): Promise<RequestListener> {
  // Node would read the source map of every file of Next's for the sake of errors that it may never meet.
  process.setSourceMapsEnabled(false)
  const { default: next } = await import('next')
  // Next builds absolute addresses from these, so they are the public ones and not where we listen.
  const { hostname, port, protocol } = new URL(env().ROLLCALL_URL)
  const publicPort = Number(port || (protocol === 'https:' ? 443 : 80))
  const app = next({ dev: false, dir: import.meta.dirname, hostname, port: publicPort })
  const page = app.getRequestHandler()
  await app.prepare()
  process.setSourceMapsEnabled(true)
  return page
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

main().catch(fail)
