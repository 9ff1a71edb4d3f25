import 'server-only'
import { Resolver } from 'node:dns/promises'
import { once } from '@/lib/process'

const TIMEOUT_MS = 3000

/** What a look-up of TXT records found; `unreachable` says nothing about the record. */
export type TxtAnswer = { kind: 'found'; values: string[] } | { kind: 'missing' } | { kind: 'unreachable' }
export type LookupTxt = (name: string) => Promise<TxtAnswer>

/** Answers that say for certain that there is no such record. */
const MISSING = new Set(['ENOTFOUND', 'ENODATA'])

/** A look-up by the system's name servers, or by the ones given (`address` or `address:port`). Never throws. */
export function makeLookup({
  servers,
  timeoutMs = TIMEOUT_MS,
}: {
  servers?: string[]
  timeoutMs?: number
} = {}): LookupTxt {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
    if (servers) resolver.setServers(servers)
    // The resolver's own times are per server and try; this one is for all of them.
    const timer = setTimeout(() => resolver.cancel(), timeoutMs * 2)
    try {
      const records = await resolver.resolveTxt(name)
      return { kind: 'found', values: records.map((chunks) => chunks.join('')) }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      return { kind: MISSING.has(code) ? 'missing' : 'unreachable' }
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The look-up of this process. */
export const lookupTxt: LookupTxt = (name) => once('orgs.dns', makeLookup)(name)
