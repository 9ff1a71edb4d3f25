import { setTimeout as sleep } from 'node:timers/promises'
import { Cancelled } from './errors'
import { prepare } from './faults'
import { newRequestId } from './ids'
import type { Exchange } from './model'
import { appendExchange, type Org, type Store } from './store'
import { MAX_TRIES, type Purpose, waitForTurn, waitMs } from './waiting'

// Okta gives an app 60 s to answer.
const TIMEOUT_MS = 60_000
const BODY_LIMIT = 64 * 1024

export type Call = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; body?: unknown }

/**
 * Sends one SCIM request as Okta's client does, waits out a 429, and logs every try in the company's log and `tries`.
 * Returns the last try; throws Cancelled when the company was reset meanwhile.
 */
export async function send(store: Store, org: Org, purpose: Purpose, call: Call, tries: Exchange[]): Promise<Exchange> {
  const { signal } = org.live.stop
  for (let count = 1; ; count += 1) {
    const sent = await sendOnce(store, org, purpose, call, signal)
    if (signal.aborted) throw new Cancelled('The company was reset, or the stand-in stopped.')
    tries.push(sent)
    appendExchange(org, sent)
    store.save()
    const subject = purpose.person ?? purpose.group
    if (sent.status !== 429 || !subject || count >= MAX_TRIES) return sent
    const ms = waitMs(org, count, retryAfter(sent))
    await waitForTurn(store, org, purpose, { tries: count, ms, reason: 'Rollcall answered 429, too many requests.' })
  }
}

const AGENTS = { okta: 'Okta SCIM Client 1.0.0', entra: 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1)' }

async function sendOnce(store: Store, org: Org, purpose: Purpose, call: Call, signal: AbortSignal): Promise<Exchange> {
  const { url, token, body, delayMs, drop, faults } = prepare(store, org, call, purpose.person)
  const headers = {
    Accept: 'application/scim+json',
    'User-Agent': AGENTS[org.state.settings.sender],
    ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json; charset=utf-8' }),
  }
  const began = performance.now()
  if (delayMs > 0) await sleep(delayMs, undefined, { signal, ref: false }).catch(() => undefined)
  const sent = await exchange(purpose, { method: call.method, url, headers, token, body, signal })
  const marked = { ...sent, ms: Math.round(performance.now() - began), ...(faults.length > 0 ? { faults } : {}) }
  if (!drop) return marked
  const { responseBody: _lost, ...rest } = marked
  return { ...rest, status: 0, responseHeaders: {}, lost: true, error: 'the answer was lost on the way' }
}

type Request = {
  method: string
  url: string
  headers: Record<string, string>
  token: string
  body: unknown
  signal?: AbortSignal
}

/** One request with a bearer token, and what came back; the token is masked in what is kept. */
export async function exchange(
  { action, person, group }: Purpose,
  { method, url, headers, token, body, signal }: Request,
): Promise<Exchange> {
  const sent = {
    id: newRequestId(),
    at: new Date().toISOString(),
    action,
    ...(person ? { personId: person.id } : {}),
    ...(group ? { groupId: group.id } : {}),
    method,
    url,
    requestHeaders: { ...headers, Authorization: `Bearer ${maskToken(token)}` },
    ...(body === undefined ? {} : { requestBody: body }),
  }
  const started = performance.now()
  const elapsed = () => Math.round(performance.now() - started)
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]),
    })
    const text = await response.text()
    const ms = elapsed()
    return {
      ...sent,
      status: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      ...(text ? { responseBody: parseBody(text) } : {}),
      ms,
    }
  } catch (error) {
    return { ...sent, status: 0, responseHeaders: {}, ms: elapsed(), ...networkReason(error) }
  }
}

/** Okta reads Retry-After as whole seconds and nothing else. */
function retryAfter({ responseHeaders }: Exchange): number | null {
  const value = responseHeaders['retry-after'] ?? ''
  return /^\d+$/.test(value) ? Number(value) : null
}

const maskToken = (token: string) =>
  token.startsWith('rollcall_') ? `${token.slice(0, token.indexOf('_') + 1)}••••••` : '••••••'

function parseBody(text: string): unknown {
  if (text.length > BODY_LIMIT) return `${text.slice(0, BODY_LIMIT)}… (cut, ${text.length} characters)`
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Codes of a connection that was there: the request may have arrived. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

function networkReason(error: unknown): { error: string; lost?: boolean } {
  if (!(error instanceof Error)) return { error: String(error) }
  if (error.name === 'TimeoutError') return { error: `no answer within ${TIMEOUT_MS / 1000} s`, lost: true }
  const { cause } = error
  if (!(cause instanceof Error && 'code' in cause)) return { error: error.message }
  const code = String(cause.code)
  return BROKEN.has(code) ? { error: code, lost: true } : { error: code }
}
