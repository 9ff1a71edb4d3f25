import { connectionWords, domainWords, settingName } from './settings-words'
import type { EventType } from './types'
import type { EventView } from './view'

export type SentencePart = string | { bold: string }
export type Sentence = SentencePart[]

/** The facts a sentence is made from; every EventView has them. */
export type SentenceFacts = Pick<
  EventView,
  | 'type'
  | 'outcome'
  | 'actorKind'
  | 'actorName'
  | 'targetKind'
  | 'targetId'
  | 'targetName'
  | 'method'
  | 'path'
  | 'status'
  | 'diff'
  | 'effects'
  | 'error'
  | 'count'
>

const bold = (text: string | null, otherwise: string): SentencePart => (text ? { bold: text } : otherwise)
const plural = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

const someone = (e: SentenceFacts) => bold(e.targetName, e.targetKind === 'group' ? 'a group' : 'someone')
const group = (e: SentenceFacts) => bold(e.targetName, 'a group')

const ATTRIBUTES: Record<string, string> = { username: 'user name', externalid: 'external id', id: 'id' }

/** What was looked up, in words: "user name “x”"; undefined for a search of another shape. */
function searched(e: SentenceFacts): string | undefined {
  const found = /(userName|externalId|emails(?:\.value)?|id)\s+eq\s+"((?:[^"\\]|\\.)*)"/i.exec(safeDecode(e.path ?? ''))
  if (!found) return e.targetName && !e.targetId ? `user name “${e.targetName}”` : undefined
  const [, attribute = '', value = ''] = found
  return `${ATTRIBUTES[attribute.toLowerCase()] ?? 'e-mail'} “${value}”`
}

function lookedUp(e: SentenceFacts): Sentence {
  const what = searched(e)
  const head = what ? `${e.actorName} looked up ${what}` : `${e.actorName} searched for users`
  if (e.outcome !== 'success') return [`${head} — failed`]
  if (e.targetId) return [`${head} — found `, someone(e)]
  return [what ? `${head} — not found` : head]
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

type Verb = { did: string; tried: string; what: (e: SentenceFacts) => SentencePart[] }
const verb = (did: string, tried: string, what: Verb['what'] = (e) => [someone(e)]): Verb => ({ did, tried, what })

/** Types told as "who did what to whom". */
const VERBS: Partial<Record<EventType, Verb>> = {
  'user.created': verb('created', 'create'),
  'user.updated': verb('updated', 'update'),
  'user.deactivated': verb('deactivated', 'deactivate'),
  'user.reactivated': verb('reactivated', 'reactivate'),
  'user.deleted': verb('deleted', 'delete'),
  'user.relinked': verb('gave a new Okta identity to', 'give a new Okta identity to'),
  'user.role_changed': verb('changed the role of', 'change the role of'),
  'user.listed': verb('listed users', 'list users', () => []),
  'user.read': verb('read', 'read'),
  'group.created': verb('created', 'create', aGroup),
  'group.updated': verb('updated', 'update', aGroup),
  'group.members_changed': verb('changed the members of', 'change the members of', (e) => [group(e)]),
  'group.deleted': verb('deleted', 'delete', aGroup),
  'group.read': verb('read', 'read', aGroup),
  'group.listed': verb('listed groups', 'list groups', () => []),
  'discovery.read': verb('asked what this SCIM service can do', 'ask what this SCIM service can do', () => []),
  'token.created': verb('created SCIM token', 'create a SCIM token', named),
  'token.rotated': verb('rotated SCIM token', 'rotate SCIM token', named),
  'token.revoked': verb('revoked SCIM token', 'revoke SCIM token', named),
  'session.ended': verb('ended the sessions of', 'end the sessions of'),
  'org.created': verb('created', 'create', (e) => [bold(e.targetName, 'the organization')]),
  'org.changed': verb('changed the settings of', 'change the settings of', (e) => [
    bold(e.targetName, 'the organization'),
  ]),
  'connection.tested': verb('tested the connection to Okta', 'test the connection to Okta', () => []),
  'readiness.checked': verb('checked the OIN readiness', 'check the OIN readiness', () => []),
  'role_mapping.changed': verb('changed the role of group', 'change the role of group', (e) => [group(e)]),
  'entitlement.changed': verb('changed entitlement', 'change entitlement', named),
  'access.exported': verb('exported', 'export', named),
  'provisioning.released': verb('released the deactivation brake', 'release the deactivation brake', () => []),
  'setup.link_created': verb('made a setup link', 'make a setup link', () => []),
  'setup.link_ended': verb('ended the setup link', 'end the setup link', () => []),
}

function aGroup(e: SentenceFacts): SentencePart[] {
  return e.targetName ? ['group ', { bold: e.targetName }] : ['a group']
}

function named(e: SentenceFacts): SentencePart[] {
  return e.targetName ? [{ bold: e.targetName }] : []
}

const CONNECTION = verb('changed the connection to Okta', 'change the connection to Okta', () => [])

/** Types whose sentence has a shape of its own. */
const OWN: Partial<Record<EventType, (e: SentenceFacts) => Sentence>> = {
  'user.looked_up': lookedUp,
  'user.not_found': (e) => [
    `${e.actorName} asked to ${ASKED[e.method ?? ''] ?? 'read'} a user who does not exist here`,
  ],
  'request.rejected': (e) => [`Rejected a request by ${e.actorName}`, ...where(e)],
  'connection.changed': (e) => {
    const words = e.outcome === 'success' ? connectionWords(e.diff) : undefined
    return words ? [`${e.actorName} ${words}`] : verbSentence(e, CONNECTION)
  },
  'domain.changed': (e) =>
    e.outcome === 'skipped'
      ? [`${e.actorName} looked up the record of domain `, ...named(e), ', nothing new']
      : verbSentence(e, { ...domainWords(e.diff), what: named }),
  'token.refused': (e) => {
    const kind = e.error?.scimType ?? ''
    if (e.targetName) return [`Refused a request with the ${kind ? `${kind} ` : ''}token `, ...named(e)]
    return [`Refused a request ${TOKENS[kind] ?? 'with an unknown token'}`]
  },
  'access.blocked': (e) => [`Blocked ${e.actorName}`, ...(e.targetName ? [' from reaching ', someone(e)] : where(e))],
  'access.recovered': (e) => [bold(e.targetName, 'Someone'), ' got in with a recovery link'],
  'access.stepped_up': (e) => [
    bold(e.targetName, 'Someone'),
    e.outcome === 'success' ? ' confirmed with Okta who they are' : ' could not confirm with Okta who they are',
  ],
  'session.revoked': (e) =>
    e.outcome === 'success'
      ? [`${e.actorName} signed `, someone(e), ' out everywhere']
      : ['Refused a Universal Logout request'],
  'provisioning.braked': () => ['Stopped deactivating: too many people would leave at once'],
  'setup.opened': () => ['Someone opened the setup link'],
  'signin.succeeded': (e) => [bold(e.targetName, 'Someone'), ' signed in'],
  'signin.refused': (e) => ['Sign-in refused for ', someone(e), ...(e.error ? [`: ${refusal(e.error)}`] : [])],
  signout: (e) => [bold(e.targetName ?? e.actorName, 'Someone'), ' signed out'],
}

const TOKENS: Record<string, string> = {
  missing: 'without a token',
  malformed: 'with something that is no token',
  spaced: 'with a token that has a space in it',
  doubled: 'with the word Bearer twice before its token',
  expired: 'with an expired token',
  revoked: 'with a revoked token',
  'other-org': 'with a token of another organization',
}

const ASKED: Record<string, string> = { PUT: 'replace', PATCH: 'change', DELETE: 'delete', POST: 'change' }

/** An id as we make them: nobody reads one, and the request line has it. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** The part of an address after the org, ids left out: `/Users/…`. */
const shortPath = (path: string | null) =>
  (path ?? '')
    .replace(/\?.*$/s, '')
    .replace(/^.*\/scim\/v2\/[^/]+(?=\/|$)/, '')
    .replace(ID, '…') || '/'

const where = (e: SentenceFacts): SentencePart[] => (e.method ? [`: ${e.method} ${shortPath(e.path)}`] : [])

function verbSentence(e: SentenceFacts, v: Verb): Sentence {
  const what = v.what(e)
  const space = what.length > 0 ? ' ' : ''
  if (e.outcome === 'success') return [`${e.actorName} ${v.did}${space}`, ...what]
  if (e.outcome === 'skipped')
    return [`${e.actorName} sent `, ...(what.length > 0 ? what : ['a request']), ' again, nothing to change']
  const tried = e.outcome === 'blocked' ? 'was not allowed to' : 'could not'
  return [`${e.actorName} ${tried} ${v.tried}${space}`, ...what]
}

/**
 * The event as one sentence, from its facts: `["Okta deactivated ", { bold: "John Doe" }, " · 2 sessions ended"]`.
 * Pure and safe for the browser.
 */
export function sentence(e: SentenceFacts): Sentence {
  const own = OWN[e.type]
  const v = VERBS[e.type]
  const head = own ? own(e) : v ? verbSentence(e, v) : [`${e.actorName}: ${e.type} `, ...named(e)]
  return joined([...head, ...consequences(e).map((text) => ` · ${text}`)])
}

/** What followed, told right in the sentence. */
function consequences(e: SentenceFacts): string[] {
  const ended = e.effects?.sessionsEnded ?? 0
  return [
    ...(ended > 0 && e.type !== 'signout' ? [`${plural(ended, 'session')} ended`] : []),
    ...((e.effects?.membersAdded ?? 0) > 0 ? [`${plural(e.effects?.membersAdded ?? 0, 'member')} added`] : []),
    ...((e.effects?.membersRemoved ?? 0) > 0 ? [`${plural(e.effects?.membersRemoved ?? 0, 'member')} removed`] : []),
    ...((e.effects?.groupsLeft ?? 0) > 0 ? [`left ${plural(e.effects?.groupsLeft ?? 0, 'group')}`] : []),
    ...moved(e.effects?.roleMoves ?? []),
    ...(e.effects?.linkCleared ? ['sign-in link cleared'] : []),
    ...(e.effects?.lastOwnerLeft ? ['the last owner left'] : []),
    ...(e.effects?.heldForReview ? ['waits for review'] : []),
    ...(e.effects?.outsideDomain ? ['outside the verified domains'] : []),
    ...(e.count > 1 ? [plural(e.count, 'time')] : []),
  ]
}

/** "3 people became admin", or one number when it went several ways. */
function moved(moves: { to: string; n: number }[]): string[] {
  const n = moves.reduce((sum, move) => sum + move.n, 0)
  const ways = new Set(moves.map((move) => move.to))
  const [to] = ways
  if (n === 0) return []
  return [ways.size === 1 ? `${plural(n, 'person', 'people')} became ${to}` : `${plural(n, 'role')} changed`]
}

/** Why a sign-in was refused, short; the longer word for the admin is the detail. */
const REASONS: Record<string, string> = {
  not_provisioned: 'not provisioned',
  deactivated: 'deactivated',
  in_review: 'waits for review',
  outside_domain: 'outside the verified domains',
  wrong_org: 'belongs to another organization',
  changed: 'access changed meanwhile',
  connection_off: 'no connection to Okta',
  stale: 'the sign-in was no longer open',
  unreachable: 'Okta could not be reached',
  misconfigured: 'Okta refused the client id or secret',
  wrong_issuer: 'answered by another issuer',
  not_assigned: 'not assigned in Okta',
  okta_error: 'Okta answered with an error',
}

const refusal = (error: NonNullable<SentenceFacts['error']>) => REASONS[error.scimType ?? ''] ?? error.detail

/** Neighbouring texts become one. */
function joined(parts: Sentence): Sentence {
  const out: Sentence = []
  for (const part of parts) {
    const last = out.at(-1)
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part
    else if (part !== '') out.push(part)
  }
  return out
}

/** The sentence as plain text: titles, exports, screen readers. */
export const sentenceText = (e: SentenceFacts): string =>
  sentence(e)
    .map((part) => (typeof part === 'string' ? part : part.bold))
    .join('')

/**
 * A second, quieter line: "became manager", "changed title and department", or why it failed. Null when the sentence
 * says it all.
 */
export function detailOf(e: SentenceFacts): string | null {
  // A refused sign-in without a known reason has its detail in the sentence already.
  if (e.error) return e.type === 'signin.refused' && !REASONS[e.error.scimType ?? ''] ? null : e.error.detail
  const { roleBefore, roleAfter } = e.effects ?? {}
  const role = roleAfter && roleAfter !== roleBefore ? `became ${roleAfter}` : undefined
  if (e.type === 'connection.changed' && connectionWords(e.diff)) return null
  const paths = (e.diff ?? []).map(({ path }) => settingName(shortName(path)))
  // "became manager" says it.
  const names = [...new Set(role ? paths.filter((path) => path !== 'role') : paths)]
  const changed = DETAILED.has(e.type) ? fields(names) : undefined
  return [role, changed].filter(Boolean).join(' · ') || null
}

/** Types of which the second line says what changed. */
const DETAILED: ReadonlySet<EventType> = new Set(['user.updated', 'group.updated', 'org.changed', 'connection.changed'])

/** The attribute a person knows: "department" of `urn:…:User:department`, "emails" of `emails[type eq "work"].value`. */
function shortName(path: string): string {
  const bare = path.startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path
  return bare.split('[')[0] || path
}

function fields(names: string[]): string | undefined {
  if (names.length === 0) return undefined
  if (names.length > 3) return `changed ${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
  return `changed ${names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`}`
}
