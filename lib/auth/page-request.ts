import 'server-only'
import type { IncomingMessage } from 'node:http'
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js'
import { foreignOriginText, ownHost, ownOrigin } from './origin'

type Incoming = Pick<IncomingMessage, 'method' | 'url' | 'headers'>
type Refusal = { status: 400 | 403 | 413; text: string }

/** What next.config.mjs lets a form have. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * What Next would answer with a 500 although the sender is to blame, or null: our own server looks before Next does. What
 * a page's script sends along is held to Next's own check of it; a form from elsewhere gets what every door says.
 */
export function refusePage(req: Incoming): Refusal | null {
  const { url = '/', headers } = req
  if (!isWritten(url)) return { status: 400, text: 'The address is not written as one: after a % stand two digits.' }
  try {
    parseAndValidateFlightRouterState(headers['next-router-state-tree'])
  } catch {
    return { status: 400, text: 'The header Next-Router-State-Tree is not one that a page of ours sends.' }
  }
  if (!mayBeAction(req)) return null
  const { origin } = headers
  if (origin !== undefined && origin !== ownOrigin()) return { status: 403, text: foreignOriginText() }
  if (Number(headers['content-length']) > MOST_BYTES)
    return { status: 413, text: 'What was sent is larger than 4 MiB. Go back, split it, and send the parts.' }
  return null
}

/** Whether Next may take it for a call of a server action. */
export const mayBeAction = ({ method, headers }: Incoming): boolean =>
  method === 'POST' && ('next-action' in headers || (headers['content-type'] ?? '').startsWith('multipart/form-data'))

function isWritten(url: string): boolean {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '') !== ''
  } catch {
    return false
  }
}

/** Next compares the Origin of forms with this header: with the configured host, whatever a caller or a proxy wrote. */
export function stampHost({ headers }: Pick<Incoming, 'headers'>): void {
  headers['x-forwarded-host'] = ownHost()
}
