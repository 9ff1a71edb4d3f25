import 'server-only'
import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { env } from './env'
import { once } from './process'

const LIMIT_MS = 5000
const LIMIT_BYTES = 256 * 1024
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

type Address = { address: string; family: number }
type Target = { protocol: string; host: string; port: number }

/** What tests replace: who resolves a name, which exact origins the operator allows, and who opens the socket. */
export type Guard = {
  resolve: (host: string) => Promise<Address[]>
  allows: (origin: string) => boolean
  connect?: (target: Target, addresses: Address[] | null) => Socket
}

/** An address the guard does not let us speak to. The text is for the operator's log and nobody else. */
export class GuardError extends Error {
  override name = 'GuardError'
  code = 'EGUARD'
}

/** True for addresses of the public internet only: no private, loopback, link-local, mapped or translated ones. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  // ipaddr.js calls the old IPv4-compatible ::7f00:1 unicast; what is in use on the internet begins with 2 or 3.
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6)
}

const originOf = ({ protocol, host, port }: Target): string =>
  new URL(`${protocol}//${host.includes(':') ? `[${host}]` : host}:${port}`).origin

/** The addresses a connection may go to, every one public; null where the operator allows the origin. Throws GuardError. */
async function check(guard: Guard, target: Target): Promise<Address[] | null> {
  const origin = originOf(target)
  if (guard.allows(origin)) return null
  if (target.protocol !== 'https:') throw new GuardError(`${origin} is not https`)
  if (target.port !== 443) throw new GuardError(`${origin} is on another port than 443`)
  const addresses = ipaddr.isValid(target.host)
    ? [{ address: target.host, family: target.host.includes(':') ? 6 : 4 }]
    : await guard.resolve(target.host)
  if (addresses.length === 0) throw new GuardError(`${target.host} has no address`)
  const inside = addresses.find(({ address }) => !isPublicAddress(address))
  if (inside) throw new GuardError(`${target.host} is at ${inside.address}, which is not a public address`)
  return addresses
}

/** A name is resolved once: the socket gets the very addresses that were checked. */
const pinned =
  (addresses: Address[]): LookupFunction =>
  (_host, options, done) => {
    const [first] = addresses
    if (options.all) done(null, addresses)
    else done(null, first?.address ?? '', first?.family ?? 4)
  }

/** Ends a connection that takes longer or sends more than an issuer has to say. */
function limit(socket: Socket, until: number): Socket {
  const timer = setTimeout(
    () => socket.destroy(new GuardError(`no answer within ${LIMIT_MS} ms`)),
    until - Date.now(),
  ).unref()
  let bytes = 0
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > LIMIT_BYTES) socket.destroy(new GuardError(`more than ${LIMIT_BYTES} bytes`))
  })
  return socket.once('close', () => clearTimeout(timer))
}

function within<T>(work: Promise<T>, until: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new GuardError('the name was not resolved in time'))
    const timer = setTimeout(late, until - Date.now())
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

type Options = { host?: string; port?: number | string; lookup?: LookupFunction }
type Done = (error: Error | null, socket?: Socket) => void

/** The members of Node's agents that its types leave out; documented for those who write agents of their own. */
type OpenAgent = {
  createConnection: (options: Options, done: Done) => Socket | undefined
  addRequest: (request: http.ClientRequest, options: Options) => void
}

function guarded(agent: http.Agent, protocol: string, guard: Guard): OpenAgent {
  const open: OpenAgent = Object.assign(agent as http.Agent & OpenAgent)
  const connect = open.createConnection.bind(agent)
  const start = async (options: Options): Promise<Socket> => {
    const until = Date.now() + LIMIT_MS
    const target = { protocol, host: (options.host ?? '').replace(/^\[|\]$/g, ''), port: Number(options.port) }
    const addresses = await within(check(guard, target), until)
    const pin = addresses ? { lookup: pinned(addresses) } : {}
    const socket = guard.connect ? guard.connect(target, addresses) : connect({ ...options, ...pin }, () => undefined)
    if (!socket) throw new GuardError('no socket')
    return limit(socket, until)
  }
  open.createConnection = (options, done) => {
    start(options).then(
      (socket) => done(null, socket),
      (error: Error) => done(error),
    )
    return undefined
  }
  return open
}

/**
 * An agent for `http.request` and `https.request` alike that connects to public addresses only, pinned to what was
 * checked, for five seconds and 256 KiB. Literal addresses never reach a look-up, so they are checked here too. A
 * function and not an object, because next-auth copies its options deeply and would take an object apart.
 */
export function guardedAgent(guard: Guard) {
  const plain = guarded(new http.Agent(), 'http:', guard)
  const secure = guarded(new https.Agent(), 'https:', guard)
  const addRequest = (request: http.ClientRequest, options: Options) => {
    if (request.protocol === 'https:') return secure.addRequest(request, options)
    // Node took the port from `defaultPort`, which is right for https alone.
    plain.addRequest(request, Number(options.port) === 443 ? { ...options, port: 80 } : options)
  }
  const agent = Object.assign(() => undefined, { defaultPort: 443, addRequest })
  // Node asks an agent for `addRequest` and `defaultPort`, nothing else of its class.
  return agent as unknown as http.Agent
}

const allowed = (): ReadonlySet<string> =>
  once('guard.allowed', () => new Set(env().ROLLCALL_ISSUER_ALLOW.map((url) => new URL(url).origin)))

/** True for an exact origin the operator allows in ROLLCALL_ISSUER_ALLOW, whatever its address. */
export const isAllowedOrigin = (origin: string): boolean => allowed().has(origin)

/** The one agent every client in this process reaches issuers with. */
export const issuerAgent = (): http.Agent =>
  once('guard.agent', () =>
    guardedAgent({
      resolve: (host) => lookup(host, { all: true, verbatim: true }),
      allows: isAllowedOrigin,
    }),
  )
