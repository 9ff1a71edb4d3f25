import { attributeOf } from '@/lib/events/causes'
import type { EventView } from '@/lib/events/view'

/** What Okta does for the first time, in the order in which it does. */
export const LIGHTS = ['test', 'lookup', 'person', 'group', 'role'] as const
export type Light = (typeof LIGHTS)[number]

export type HandshakeEvent = Pick<
  EventView,
  'id' | 'ref' | 'at' | 'type' | 'outcome' | 'status' | 'path' | 'targetName' | 'error'
>

export type HandshakeFacts = {
  /** The newest event that turns each light on; null: it has not happened. */
  seen: Record<Light, HandshakeEvent | null>
  /** What failed or was refused, newest first. */
  problems: readonly HandshakeEvent[]
  /** Whom Okta sent without a surname and who still has none, newest first. */
  nameless: readonly HandshakeEvent[]
  scimState: 'off' | 'pending' | 'active' | 'paused'
  /** The newest token. Null: none was ever made. */
  token: { state: 'live' | 'ending' | 'expired' | 'revoked' } | null
  /** People who wait for review. */
  held: number
  /** The base URL Okta has to call. */
  baseUrl: string
}

/**
 * What stands in the way of a light: what happened, what to do, and the event that tells it. `warn`: nothing failed, it was
 * chosen so or will be missed later.
 */
export type Diagnosis = {
  light: Light
  tone: 'fail' | 'warn'
  what: string
  fix: string
  ref: string | null
  at: string | null
}

type Said = Pick<Diagnosis, 'light' | 'what' | 'fix'>

/** What is wrong now, most pressing first; what has succeeded since is not told any more. Pure. */
export function diagnose(facts: HandshakeFacts): Diagnosis[] {
  const standing = ofState(facts)
  const told = new Set<string>()
  // A call of another address with our token shows that the token is right by now.
  const tokenIsRight = facts.problems.find(({ type }) => type === 'access.blocked')?.id ?? ''
  const recorded = facts.problems.flatMap((event): Diagnosis[] => {
    const said = ofEvent(event, facts)
    if (!said || told.has(said.what)) return []
    if (event.type === 'token.refused' && event.id < tokenIsRight) return []
    const since = facts.seen[said.light]
    // Ids are made in the order of time.
    if (since && since.id > event.id) return []
    told.add(said.what)
    return [{ ...said, tone: 'fail', ref: event.ref, at: event.at }]
  })
  return [...standing, ...recorded, ...withoutSurname(facts.nameless)]
}

/** Okta imports nobody without a first and a last name, and lists here sort by them: it is taken, and said. */
function withoutSurname([newest, ...others]: readonly HandshakeEvent[]): Diagnosis[] {
  if (!newest) return []
  // Nobody is named: a guest reads this as well, and the event tells who.
  const n = others.length + 1
  const what = `Okta sent ${n === 1 ? '1 person' : `${n} people`} without a surname (name.familyName).`
  const fix = 'They are here and may sign in. Map lastName to name.familyName in Okta, then push the profile again.'
  return [{ light: 'person', tone: 'warn', what, fix, ref: newest.ref, at: newest.at }]
}

function ofState({ scimState, token, held }: HandshakeFacts): Diagnosis[] {
  const found: Said[] = []
  if (scimState === 'paused') {
    const fix = 'Resume it under Settings, Provisioning; then retry in Okta what failed, under Dashboard, Tasks.'
    found.push({ light: 'test', what: 'Provisioning is paused, so Okta is refused with 403.', fix })
  }
  if (token && scimState === 'off') {
    const fix = 'Switch it on under Settings, Provisioning.'
    found.push({ light: 'test', what: 'Provisioning is off, so Okta is refused with 403.', fix })
  }
  if (token?.state === 'expired' || token?.state === 'revoked') {
    const what = token.state === 'expired' ? 'The token has expired.' : 'The token was revoked.'
    found.push({ light: 'test', what, fix: 'Create a new one in the step before and enter it in Okta.' })
  }
  if (scimState === 'pending' && held > 0) {
    const who = held === 1 ? '1 person waits' : `${held} people wait`
    const what = `The connection is reviewed first: ${who}, inactive, until an admin lets them in.`
    found.push({ light: 'person', what, fix: 'Let them in under Users, Review.' })
  }
  return found.map((said) => ({ ...said, tone: 'warn', ref: null, at: null }))
}

const TOKENS: Record<string, Omit<Said, 'light'>> = {
  missing: {
    what: 'Okta called without a token.',
    fix: 'In Okta, set Authentication mode to HTTP Header and paste the token into Authorization.',
  },
  spaced: {
    what: 'The token was copied with a space or a line break inside.',
    fix: 'Empty the field in Okta, then use the copy button beside the token. A new one can be made in the step before.',
  },
  doubled: {
    what: 'The word Bearer was sent twice.',
    fix: 'Paste the token alone: Okta puts Bearer in front by itself.',
  },
  malformed: {
    what: 'What Okta sent is no token of Rollcall, or only a part of one.',
    fix: 'Copy the whole token: it begins with rollcall_ and is 77 characters long.',
  },
  expired: { what: 'Okta used a token that has expired.', fix: 'Create a new token and enter it in Okta.' },
  revoked: { what: 'Okta used a token that was revoked.', fix: 'Enter the one that is live, or create a new one.' },
  'other-org': {
    what: 'Okta used the token of another organization.',
    fix: 'Base URL and token have to be of the same one: copy both from here.',
  },
}
const WRONG_TOKEN = {
  what: 'Okta used a wrong token: it has the right form but is none of this organization’s.',
  fix: 'Enter the token that is live here. If it is lost, create a new one: a token is shown once.',
}

function ofEvent(event: HandshakeEvent, facts: HandshakeFacts): Said | null {
  const { type, status, error } = event
  const light = lightOf(type)
  if (type === 'token.refused') return { light: 'test', ...(TOKENS[error?.scimType ?? ''] ?? WRONG_TOKEN) }
  if (type === 'access.blocked') return wrongAddress(event, facts)
  // The state says it better, and only while it lasts.
  if (status === 403) return null
  if (status === 404 && type === 'request.rejected') return wrongAddress(event, facts)
  if (status === 429 && type.startsWith('user.')) {
    return {
      light,
      what: 'The brake held somebody back: too many people were leaving at once.',
      fix: 'Decide under Settings, General: let them leave, or stop Okta and correct its rule.',
    }
  }
  if (status === 429) {
    return {
      light,
      what: 'Okta was slowed down: too many requests in a minute.',
      fix: 'Nothing to do: it sends them again.',
    }
  }
  if (status === 409) return duplicate(type)
  return error ? unusable(light, error) : null
}

/** The light a failed request would have turned on. */
const lightOf = (type: string): Light =>
  type.startsWith('group.') ? 'group' : type.startsWith('user.') ? 'person' : 'test'

function wrongAddress({ path }: HandshakeEvent, { baseUrl }: HandshakeFacts): Said {
  // Without the query: a filter names people.
  const asked = path ? ` It asked for ${path.replace(/\?.*/, '').slice(0, 200)}.` : ''
  const what = `Okta calls a wrong address with the right token.${asked}`
  return { light: 'test', what, fix: `Set the SCIM connector base URL in Okta to ${baseUrl}, with nothing behind it.` }
}

function duplicate(type: string): Said {
  if (type.startsWith('group.')) {
    const fix = 'In Okta, link the pushed group to the one that is here, or push it under another name.'
    return { light: 'group', what: 'A group of this name is here already.', fix }
  }
  const fix = 'Change the userName of one of the two in Okta, or delete the person here who has it.'
  return { light: 'person', what: 'Somebody here has this userName already.', fix }
}

const NAMED: Record<string, string> = {
  userName: 'a userName',
  'name.familyName': 'a surname (name.familyName)',
  'name.givenName': 'a first name (name.givenName)',
  displayName: 'a name (displayName)',
  emails: 'an e-mail address (emails)',
}

function unusable(light: Light, { detail, status, scimType }: NonNullable<HandshakeEvent['error']>): Said {
  const attribute = status === 400 ? attributeOf(detail.replace(/^"([^"]+)"/, '$1')) : null
  if (!attribute) return { light, what: detail, fix: 'Correct it in Okta, then retry the task under Dashboard, Tasks.' }
  const sent = light === 'group' ? 'a group' : 'somebody'
  const what =
    scimType === 'invalidPath'
      ? `Okta sends an attribute that is not known here: ${attribute}.`
      : `Okta sent ${sent} without ${NAMED[attribute] ?? attribute} that can be used.`
  return { light, what, fix: `${detail} Then retry in Okta, under Dashboard, Tasks.` }
}
