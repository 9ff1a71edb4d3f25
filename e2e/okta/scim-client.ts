import { setTimeout as sleep } from 'node:timers/promises'
import { newRequestId } from './ids'
import type { Action, Exchange, Group, Person } from './model'
import { appendExchange, type Org, type Store, scimTarget } from './store'

// Okta gives an app 60 s to answer.
const TIMEOUT_MS = 60_000
// Okta retries a 429 ten times over hours; three times is as long as anybody watches.
const MAX_TRIES = 3
const MAX_WAIT_SECONDS = 60
const BODY_LIMIT = 64 * 1024

export type Call = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; body?: unknown }
export type Purpose = { action: Action; person?: Person; group?: Group }

/** Sends one SCIM request as Okta's client does, waits out a 429, and logs every try. The last try is returned. */
export async function send(store: Store, org: Org, purpose: Purpose, call: Call): Promise<Exchange[]> {
  const tries: Exchange[] = []
  for (;;) {
    const exchange = await sendOnce(org, purpose, call)
    tries.push(exchange)
    appendExchange(org, exchange)
    store.save()
    const wait = exchange.status === 429 ? retryAfter(exchange) : null
    if (wait === null || tries.length >= MAX_TRIES) return tries
    await sleep(wait * 1000)
  }
}

function sendOnce(org: Org, purpose: Purpose, { method, path, body }: Call): Promise<Exchange> {
  const { url: base, token } = scimTarget(org)
  const headers = {
    Accept: 'application/scim+json',
    'User-Agent': 'Okta SCIM Client 1.0.0',
    ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json; charset=utf-8' }),
  }
  return exchange(purpose, { method, url: base + path, headers, token, body })
}

type Request = { method: string; url: string; headers: Record<string, string>; token: string; body: unknown }

/** One request with a bearer token, and what came back; the token is masked in what is kept. */
export async function exchange(
  { action, person, group }: Purpose,
  { method, url, headers, token, body }: Request,
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
      signal: AbortSignal.timeout(TIMEOUT_MS),
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
    return { ...sent, status: 0, responseHeaders: {}, ms: elapsed(), error: networkReason(error) }
  }
}

/** Okta reads Retry-After as whole seconds and nothing else. */
function retryAfter({ responseHeaders }: Exchange): number | null {
  const value = responseHeaders['retry-after'] ?? ''
  return /^\d+$/.test(value) && Number(value) <= MAX_WAIT_SECONDS ? Number(value) : null
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

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message
}
