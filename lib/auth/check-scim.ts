import 'server-only'
import { lookup } from 'node:dns/promises'
import { env } from '@/lib/env'
import { getOverview } from '@/lib/events/overview'
import { sentenceText } from '@/lib/events/sentence'
import { isAllowedOrigin, isPublicAddress } from '@/lib/guarded-agent'
import { type Connection, getProvisioning } from '@/lib/orgs/connections'
import type { Org } from '@/lib/orgs/orgs'
import { listTokens } from '@/lib/orgs/tokens'
import { type Finding, good, untold, warning, wrong } from './check-finding'
import { ownUrl } from './origin'

const DAY = 86_400_000

/** The SCIM half: is it on, has Okta a token that holds, can it reach us, and what came of its last requests. */
export async function checkScim(org: Org, connection: Connection | null): Promise<Finding[]> {
  const settings = ownUrl(`/orgs/${org.slug}/admin/settings/provisioning`)
  const { scimState: state } = await getProvisioning(org.orgId)
  if (state === 'off') {
    return [untold('SCIM', 'It is off: people are kept by hand', `To let Okta keep them, switch it on at ${settings}`)]
  }
  const onThisMachine = connection !== null && isAllowedOrigin(new URL(connection.issuer).origin)
  return [
    stateFinding(state, settings),
    await tokenFinding(org.orgId, settings),
    await checkBaseUrl(org.slug, onThisMachine),
    ...(await lastRequests(org.orgId, settings)),
  ]
}

function stateFinding(state: Exclude<Connection['scimState'], 'off'>, settings: string): Finding {
  if (state === 'active') return good('SCIM', 'It is on: what Okta sends takes effect at once')
  if (state === 'paused') return wrong('SCIM', 'It is paused: Okta is refused', `Go on at ${settings}`)
  return warning('SCIM', 'It is on, and whoever Okta adds waits for review', `Review them, or go live at ${settings}`)
}

async function tokenFinding(orgId: string, settings: string): Promise<Finding> {
  const step = 'SCIM token'
  const tokens = await listTokens(orgId)
  const live = tokens.filter(({ state }) => state === 'live' || state === 'ending')
  const [best] = live.toSorted((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime())
  if (!best) {
    const text = tokens.length > 0 ? 'All tokens have expired or were revoked' : 'There is none'
    return wrong(
      step,
      text,
      `Create one at ${settings} and paste it into Okta, with “Bearer ” in front if it asks for a header`,
    )
  }
  const days = Math.floor((best.expiresAt.getTime() - Date.now()) / DAY)
  const used = live.some(({ lastUsedAt }) => lastUsedAt !== null)
  const text = `…${best.hint} is live for ${days} more days${used ? '' : ', and nobody has used it yet'}`
  if (days < 30) return warning(step, text, `Rotate it at ${settings}: the old one goes on for a while`)
  return good(step, text)
}

/** Whether our SCIM address answers, and whether it is one Okta can call: https, public, no underscore (C1). */
async function checkBaseUrl(slug: string, onThisMachine: boolean): Promise<Finding> {
  const step = 'SCIM base URL'
  const url = `${env().ROLLCALL_URL}/scim/v2/${slug}`
  const { hostname, protocol } = new URL(url)
  if (url.includes('_'))
    return wrong(step, `${url} has an underscore in it, which Okta refuses`, 'Choose another ROLLCALL_URL')
  const problem = await reachProblem(url)
  if (problem) return problem
  if (onThisMachine) return good(step, `${url} answers. Okta is on this machine too, so it need not be public`)
  if (protocol !== 'https:') return wrong(step, `${url} is not https, and Okta calls nothing else`, tunnel)
  const addresses = await lookup(hostname, { all: true }).catch(() => [])
  if (!addresses.some(({ address }) => isPublicAddress(address))) {
    return wrong(step, `${hostname} is not on the internet, so Okta cannot call it`, tunnel)
  }
  return good(step, `${url} answers from here; a firewall could still keep Okta out`)
}

const tunnel = 'Put a tunnel or a proxy with https in front, and set ROLLCALL_URL to its address'

/** Asks as a company that cannot be: a request to a real one would be told in its log as somebody's wrong token. */
async function reachProblem(url: string): Promise<Finding | null> {
  const step = 'SCIM base URL'
  const probe = url.replace(/[^/]+$/, '-/Users?count=1')
  try {
    const answer = await fetch(probe, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    if (answer.status === 401 && /scim\+json/.test(answer.headers.get('content-type') ?? '')) return null
    const todo = 'Something else listens there, or a proxy answers in its place. ROLLCALL_URL has to lead to Rollcall'
    return wrong(step, `${url} answers ${answer.status} to a request without a token, not our 401`, todo)
  } catch {
    return wrong(step, `${url} does not answer`, 'Start Rollcall, and see that ROLLCALL_URL is its address')
  }
}

async function lastRequests(orgId: string, settings: string): Promise<Finding[]> {
  const { directory, causes } = await getOverview(orgId)
  const step = 'Okta’s requests'
  const { lastRequestAt, state, why } = directory
  if (!lastRequestAt && state !== 'Failing') {
    return [untold(step, 'None has arrived yet', `In Okta press Test API Credentials. The values are at ${settings}`)]
  }
  const text = `${why} The last one that was let in: ${lastRequestAt?.toISOString() ?? 'never'}`
  const todo = 'Compare base URL and token in Okta, under Provisioning → Integration'
  const first = state === 'Failing' ? wrong(step, text, todo) : good(step, text)
  const failed = causes.map(({ n, latest }) =>
    warning(
      'In the last 24 hours',
      `${n} × ${sentenceText(latest)}`,
      latest.error?.detail ?? 'Open it in the event log',
    ),
  )
  return [first, ...failed.slice(0, 3)]
}
