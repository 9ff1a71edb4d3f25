import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { env } from './env'
import { once } from './process'

const MAX_HEADER = 2000

/** One spelling for each address: an IPv4 address in IPv6 clothes is the IPv4 address. Null for what is none. */
function normal(text: string): string | null {
  // What nearly every request brings.
  if (isIPv4(text)) return text
  // Some proxies add the port: 192.0.2.1:4711, [2001:db8::1]:4711.
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null
}

/**
 * The address of a client behind `hops` proxies of ours (ROLLCALL_TRUSTED_PROXIES). Each of them appends who it heard
 * from to X-Forwarded-For, so only the last `hops` entries are theirs; whatever stands before was written by the caller
 * and counts for nothing. `peer` is who our socket talks to.
 */
export function clientAddress(peer: string | undefined, forwarded: string | null, hops: number): string {
  const told = (forwarded ?? '').slice(-MAX_HEADER).split(',')
  const chain = hops === 0 ? [] : told.slice(-hops).map((entry) => normal(entry.trim()))
  // Nearest first; an entry that is no address ends what can be known.
  let known = normal(peer ?? '') ?? 'unknown'
  for (const address of chain.reverse()) {
    if (address === null) break
    known = address
  }
  return known
}

/** What limits count an address under: IPv6 by its /64, which one client has whole. */
export function addressKey(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()}/64`
}

/**
 * The header in which our own server tells Next who asks; Next gives its pages no socket. Its name is made anew in each
 * process, so nobody outside can send it.
 */
const stampHeader = () => once('address.header', () => `x-rollcall-address-${crypto.randomUUID()}`)

type Incoming = {
  socket: { remoteAddress?: string | undefined }
  headers: Record<string, string | string[] | undefined>
}

/** Who asks, told by the socket and by the proxies we trust. */
export function addressOfIncoming({ socket, headers }: Incoming): string {
  const forwarded = headers['x-forwarded-for']
  const list = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? null)
  return clientAddress(socket.remoteAddress, list, env().ROLLCALL_TRUSTED_PROXIES)
}

/** Notes the client's address on a request before Next sees it. */
export function stampAddress(req: Incoming): void {
  req.headers[stampHeader()] = addressOfIncoming(req)
}

/**
 * Who asks. On hosts that call Next without a server of ours only the proxies' header can tell, and without trusted
 * proxies nothing does: all share one name then, `unknown`.
 */
export function addressOf(headers: Headers): string {
  const stamped = headers.get(stampHeader())
  if (stamped) return stamped
  const hops = env().ROLLCALL_TRUSTED_PROXIES
  if (hops === 0) return 'unknown'
  const told = (headers.get('x-forwarded-for') ?? '').split(',')
  return clientAddress(told.at(-1)?.trim(), told.slice(0, -1).join(','), hops - 1)
}
