import 'server-only'
import { guardedVisit } from '@/lib/guarded-fetch'
import type { Discovery } from '@/lib/issuer'
import type { Connection } from '@/lib/orgs/connections'
import { type Finding, good, untold, wrong } from './check-finding'
import { oktaAddresses } from './okta-addresses'

/**
 * Whether Okta knows our addresses: asked without a person (`prompt=none`), it sends the browser to a redirect URI it
 * knows, if only to say that nobody is signed in, and shows a page of its own for one it does not.
 */
export async function checkRegistered(connection: Connection, slug: string, okta: Discovery): Promise<Finding[]> {
  const findings: Finding[] = []
  if (await isUnknown(connection, okta)) {
    const todo = 'Copy the client id from the app’s General tab again; the issuer has to be of the Okta the app is in'
    return [wrong('Client id', `This Okta knows no client ${connection.clientId}, so no address can be tried`, todo)]
  }
  for (const { label, url, note } of oktaAddresses(slug)) {
    if (label === 'Sign-in redirect URI') findings.push(await redirect(connection, okta, url, note))
    else if (label === 'Sign-out redirect URI') findings.push(await signOut(connection, okta, url))
    else findings.push(untold(label, `Okta does not tell whether it has ${url} (${note})`))
  }
  return findings
}

const led = (headers: Record<string, string>, to: string): boolean =>
  headers.location === to || (headers.location ?? '').startsWith(`${to}?`)

/** Asked for nobody, Okta says first of all what it thinks of the client, whatever the address. */
async function isUnknown({ clientId }: Connection, okta: Discovery): Promise<boolean> {
  const { status, text } = await visit(askedFor(clientId, okta, 'https://nowhere.invalid/'))
  return status >= 400 && status < 500 && text.includes('invalid_client')
}

const askedFor = (clientId: string, okta: Discovery, url: string): string =>
  withParams(okta.authorization_endpoint, {
    client_id: clientId,
    redirect_uri: url,
    response_type: 'code',
    scope: 'openid',
    prompt: 'none',
    state: 'okta-check',
    nonce: 'okta-check',
    code_challenge: 'okta-check'.repeat(5).slice(0, 43),
    code_challenge_method: 'S256',
  })

async function redirect({ clientId }: Connection, okta: Discovery, url: string, note: string): Promise<Finding> {
  const asked = askedFor(clientId, okta, url)
  const step = `Redirect, ${note}`
  const { status, headers } = await visit(asked)
  if (led(headers, url)) return good(step, `Okta sends people to ${url}`)
  if (status >= 400 && status < 500) {
    return wrong(step, `Okta refuses ${url}`, 'Add it, letter by letter, to the app’s Sign-in redirect URIs in Okta')
  }
  return untold(step, `Okta answered ${status || 'nothing'}, which does not tell whether it has ${url}`)
}

async function signOut({ clientId }: Connection, okta: Discovery, url: string): Promise<Finding> {
  const step = 'Sign-out redirect URI'
  if (!okta.end_session_endpoint) {
    return untold(step, 'This issuer names no sign-out address: signing out ends the session here only')
  }
  const params = { client_id: clientId, post_logout_redirect_uri: url }
  const { status, headers, text } = await visit(withParams(okta.end_session_endpoint, params))
  if (led(headers, url)) return good(step, `Okta leads back to ${url}`)
  if (status >= 400 && status < 500 && text.includes('post_logout_redirect_uri')) {
    return wrong(step, `Okta refuses ${url}`, 'Add it to the app’s Sign-out redirect URIs in Okta')
  }
  return untold(step, `Only somebody signed in can tell. Okta should have ${url}`)
}

const visit = (address: string) => guardedVisit(address).catch(() => ({ status: 0, headers: {}, text: '' }))

function withParams(address: string, params: Record<string, string>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  return url.href
}
