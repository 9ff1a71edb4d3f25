import 'server-only'
import http from 'node:http'
import https from 'node:https'
import { GuardError, issuerAgent } from './guarded-agent'
import { log } from './log'

/** The one message for every failure: a finer one would tell an outsider what answers at which address. */
export const ISSUER_UNREADABLE =
  'Rollcall could not read Okta’s settings at this issuer address. Check that it is exactly the issuer Okta shows, begins with https:// and can be reached from the internet.'

/** An issuer that could not be read, for whatever reason; the reason is in the operator's log. */
export class IssuerError extends Error {
  override name = 'IssuerError'
}

/** Logs what happened and gives the error that does not say it. */
export function unreadable(url: string, cause: unknown): IssuerError {
  const err = cause instanceof Error ? { name: cause.name, message: cause.message } : String(cause)
  log().warn({ url: url.slice(0, 300), err }, 'an issuer address could not be used')
  return new IssuerError(ISSUER_UNREADABLE)
}

export type GuardedRequest = { method?: string; headers?: Record<string, string>; body?: string | undefined }
export type GuardedAnswer = { status: number; headers: Record<string, string>; text: string; json: unknown }

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/**
 * One request to an address somebody typed or an issuer named, through the guarded agent: public https addresses only,
 * no redirects, 5 s, 256 KiB, JSON only. Throws IssuerError, always with the same message.
 */
export async function guardedRequest(
  address: string,
  { method = 'GET', headers = {}, body }: GuardedRequest = {},
  agent: http.Agent = issuerAgent(),
): Promise<GuardedAnswer> {
  try {
    const url = new URL(address)
    if (url.username || url.password) throw new GuardError('the address carries a user name or password')
    const answer = await send(url, { method, headers: { ...headers, 'accept-encoding': 'identity' }, agent }, body)
    if (answer.status >= 300 && answer.status < 400) throw new GuardError(`redirected with ${answer.status}`)
    if (!JSON_TYPE.test(answer.headers['content-type'] ?? '')) throw new GuardError('the answer is not JSON')
    return { ...answer, json: JSON.parse(answer.text) }
  } catch (error) {
    throw unreadable(address, error)
  }
}

export type GuardedVisit = Omit<GuardedAnswer, 'json'>

/**
 * What stands at an address, whatever it is: no redirect is followed and nothing is read into it. Through the guarded
 * agent. Throws what went wrong as it is (a GuardError, an error of Node's), so its words are for operators only.
 */
export function guardedVisit(address: string, agent: http.Agent = issuerAgent()): Promise<GuardedVisit> {
  const headers = { 'accept-encoding': 'identity' }
  return send(new URL(address), { method: 'GET', headers, agent }, undefined)
}

function send(url: URL, options: https.RequestOptions, body: string | undefined): Promise<GuardedVisit> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')]),
        )
        resolve({ status: response.statusCode ?? 0, headers, text: Buffer.concat(parts).toString('utf8') })
      })
    })
    request.once('error', reject)
    request.end(body)
  })
}
