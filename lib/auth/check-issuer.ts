import 'server-only'
import { GuardError, isAllowedOrigin } from '@/lib/guarded-agent'
import { type GuardedVisit, guardedVisit } from '@/lib/guarded-fetch'
import { type Discovery, readDiscovery } from '@/lib/issuer'
import { issuerProblem } from '@/lib/orgs/issuer-address'
import { type Finding, good, warning, wrong } from './check-finding'

const STEP = 'Issuer'
type Checked = { findings: Finding[]; discovery: Discovery | null }
const stop = (text: string, todo: string): Checked => ({ findings: [wrong(STEP, text, todo)], discovery: null })

/** Whether the issuer can be read, calls itself by exactly this name, and has the time. For operators: it names causes. */
export async function checkIssuer(issuer: string, clockSeconds: number): Promise<Checked> {
  const problem = issuerProblem(issuer, isAllowedOrigin)
  if (problem) return stop(`${issuer} can be no issuer`, problem)
  const address = `${issuer}/.well-known/openid-configuration`
  const seen = await guardedVisit(address).catch(reasonOf)
  if ('reason' in seen) return stop(`${address} cannot be read: ${seen.reason}`, seen.todo)
  const named = nameIn(seen)
  if (named === null) {
    const todo = 'Copy the issuer from Okta again; a custom authorization server ends in /oauth2/ and its name'
    return stop(`${address} answers ${seen.status}, and no discovery document`, todo)
  }
  if (named !== issuer) return stop(`It calls itself ${named}`, `Enter exactly ${named} as the issuer`)
  // The same document again, read as sign-in reads it.
  const discovery = await readDiscovery(issuer).catch(() => null)
  if (!discovery) {
    return stop(
      `${address} lacks endpoints, or names one on another origin`,
      'Use an issuer of Okta’s own: https://your-domain.okta.com',
    )
  }
  const findings = [good(STEP, 'It is reached and calls itself exactly so'), checkClock(seen, clockSeconds)]
  if (isCustomServer(issuer)) findings.push(customServer)
  return { findings, discovery }
}

const isCustomServer = (issuer: string): boolean =>
  /\.okta(preview|-emea)?\.com$/.test(new URL(issuer).hostname) && new URL(issuer).pathname.startsWith('/oauth2/')

const customServer = warning(
  'Kind of issuer',
  'This is a custom authorization server. It works here; Okta’s catalogue takes the org server only',
  'For the catalogue, use the address without /oauth2/…',
)

function nameIn({ status, text }: GuardedVisit): string | null {
  if (status !== 200) return null
  try {
    const { issuer } = Object(JSON.parse(text))
    return typeof issuer === 'string' ? issuer : null
  } catch {
    return null
  }
}

function checkClock({ headers }: GuardedVisit, seconds: number): Finding {
  const told = Date.parse(headers.date ?? '')
  if (Number.isNaN(told)) return { step: 'Clock of Okta', outcome: 'skipped', text: 'Okta’s answer names no time' }
  const apart = Math.round((Date.now() - told) / 1000)
  if (Math.abs(apart) <= seconds) return good('Clock of Okta', 'It agrees with this machine’s')
  const text = `This machine is ${Math.abs(apart)} s ${apart > 0 ? 'ahead of' : 'behind'} Okta`
  return wrong('Clock of Okta', `${text}, so valid tokens look invalid`, 'Set this machine’s clock by NTP')
}

type Reason = { reason: string; todo: string }

const byCode: Record<string, Reason> = {
  ENOTFOUND: { reason: 'there is no such name', todo: 'Check the spelling of the Okta domain' },
  EAI_AGAIN: { reason: 'names cannot be resolved now', todo: 'Check this machine’s DNS and its way to the internet' },
  ECONNREFUSED: { reason: 'nothing listens there', todo: 'Is the stand-in running (npm run demo)? Is the port right?' },
  ECONNRESET: { reason: 'the connection was cut', todo: 'Check proxies and firewalls between here and Okta' },
}

/** A failure in words, with what to do. */
function reasonOf(error: unknown): Reason {
  const { code, message } = Object(error)
  const known = byCode[String(code)]
  if (known) return known
  if (error instanceof GuardError) {
    const todo = 'Okta is on the internet under https. A private issuer has to be named in ROLLCALL_ISSUER_ALLOW'
    return { reason: String(message), todo }
  }
  return { reason: String(message ?? error), todo: 'Open the address in a browser on this machine and compare' }
}
