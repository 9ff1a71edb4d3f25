import { createServer, type RequestListener, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { apiRoutes } from './api'
import { companiesOf } from './companies'
import { type Config, issuerShape } from './config'
import { consoleRoutes } from './console/routes'
import { refuseWithoutKey } from './key'
import { createIssuer } from './provider'
import { signInRoutes } from './sign-in'
import { openStore } from './store'
import { resumeWaiting } from './tasks'

type StandInOptions = {
  config: Config
  dataFile: string
  port: number
  port2: number
  /** The config as it is by now, for companies made since. */
  readConfig?: () => Config
  /** The program that makes companies; none: that button says so. */
  makeCompanies?: string[]
  /** The name or address others reach it by; without, it answers to this machine alone. */
  host?: string
  /** What a visitor has to show; needed with `host`. */
  key?: string
}
export type StandIn = { close: () => void }

const LOOPBACK = ['127.0.0.1', '::1'] as const
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Starts the stand-in on both ports of both loopback addresses, or of `host`; rejects with a sentence when it cannot. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { config, dataFile, port, port2, readConfig = () => config, makeCompanies = [], host, key } = options
  requireOwnPorts(config, [port, port2])
  if (host && !key) throw new Error(`--host ${host}: others may come only with a key. Set ROLLCALL_DEMO_KEY.`)
  const names = host ? new Set([host]) : LOCAL_NAMES
  const store = await openStore(dataFile, config)
  const issuers = store.orgs.map((org) => createIssuer(store, org))
  const companies = companiesOf(makeCompanies, readConfig, async (next) => {
    requireOwnPorts(next, [port, port2])
    const added = await store.add(next)
    issuers.push(...added.map((org) => createIssuer(store, org)))
    store.save()
    return added
  })
  const signIn = signInRoutes(issuers)
  const consoleApp = consoleRoutes(store, companies)
  consoleApp.route('/api', apiRoutes(store, companies))
  const adminPages = getRequestListener(consoleApp.fetch)
  const signInPages = getRequestListener(signIn.fetch)

  const listener: RequestListener = (req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    // A page on another name that resolves to loopback (DNS rebinding) must not drive this console.
    if (!names.has((req.headers.host ?? '').replace(/:\d+$/, ''))) {
      res.writeHead(421, { 'content-type': 'text/plain' }).end(`This server answers to ${host ?? 'localhost'} only.\n`)
      return
    }
    const refused = refuseWithoutKey(key, path, req.headers.cookie)
    if (refused) return void res.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end(refused)
    const here = req.socket.localPort
    const issuer = issuers.find((each) => each.port === here && each.owns(path))
    if (issuer) return issuer.handle(req, res)
    if (/\/signin\/[\w-]+$/.test(path)) return void signInPages(req, res)
    if (here === port || path.startsWith('/assets/')) return void adminPages(req, res)
    res.writeHead(302, { location: `http://${host ?? 'localhost'}:${port}${path}` }).end()
  }

  const servers: Server[] = []
  const close = () => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
    store.close()
  }
  try {
    for (const each of new Set([port, port2])) {
      for (const address of host ? [host] : LOOPBACK) {
        const server = await listen(createServer(listener), each, address)
        if (server) servers.push(server)
      }
    }
  } catch (error) {
    close()
    throw error
  }
  resumeWaiting(store, store.orgs)
  return { close }
}

function requireOwnPorts(config: Config, ports: number[]): void {
  for (const { slug, issuer } of config.orgs) {
    if (ports.includes(issuerShape(issuer).port)) continue
    throw new Error(`The issuer of ${slug}, ${issuer}, is on neither port ${ports.join(' nor ')}.`)
  }
}

/** The server once it listens, or null where the machine has no such address (IPv6 switched off). */
function listen(server: Server, port: number, host: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code ?? '')) return resolve(null)
      reject(new Error(reasonOf(error, port, host), { cause: error }))
    })
    server.listen(port, host, () => resolve(server))
  })
}

function reasonOf({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another with --port or --port2.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `This machine has no address ${host} to listen on.`
  return message
}
