import type { SentenceFacts } from './sentence'

type Diff = SentenceFacts['diff']

const STATES: Record<string, string> = {
  off: 'switched provisioning off',
  pending: 'set provisioning to review people first',
  active: 'switched provisioning on',
  paused: 'paused provisioning',
}
const MODES: Record<string, string> = { okta: 'Okta', entra: 'Microsoft Entra', strict: 'strict' }

/** What was done to the connection, by what changed in it: "paused provisioning"; undefined where no one word says it. */
export function connectionWords(diff: Diff): string | undefined {
  const [change, more] = diff ?? []
  if (!change || more) return undefined
  const { path, before, after } = change
  if (path === 'scimState' && before === 'paused' && after === 'active') return 'resumed provisioning'
  if (path === 'scimState' && before === 'pending' && after === 'active') return 'stopped reviewing people first'
  if (path === 'scimState') return STATES[String(after)]
  if (path === 'mode') return MODES[String(after)] && `set the SCIM client to ${MODES[String(after)]}`
  if (path === 'signInLinks') return 'forgot the sign-in links to other issuers'
  return undefined
}

/** What was done about a domain, and what was tried where it failed: "verified domain", "verify domain". */
export function domainWords(diff: Diff): { did: string; tried: string } {
  const [change] = diff ?? []
  if (change?.path === 'state' && change.after === 'claimed') return { did: 'claimed domain', tried: 'claim domain' }
  if (change?.path === 'state' && change.after === 'verified') return { did: 'verified domain', tried: 'verify domain' }
  if (change?.path === 'state' && change.before === 'verified')
    return { did: 'released domain', tried: 'release domain' }
  if (change?.path === 'state') return { did: 'dropped the claim on domain', tried: 'drop the claim on domain' }
  return { did: 'looked up the record of domain', tried: 'find the record of domain' }
}

const SETTINGS: Record<string, string> = {
  jit: 'joining at first sign-in',
  domainPolicy: 'domain policy',
  brakeUsers: 'brake',
  brakeMinutes: 'brake',
  eventDays: 'event retention',
  payloadDays: 'payload retention',
  defaultRole: 'default role',
  scimRoles: 'SCIM roles',
  clientId: 'client id',
  clientAuthentication: 'client secret',
}

/** A setting as the settings pages call it. */
export const settingName = (path: string): string => SETTINGS[path] ?? path
