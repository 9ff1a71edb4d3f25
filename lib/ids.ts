import { v7 } from 'uuid'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Randomness is fetched for many ids at once: fetched for one it is most of what an id costs. */
const random = new Uint8Array(4096)
let used = random.length
let last = 0
let counter = 0

/** A new UUIDv7: ids are made in the app, in time order (DESIGN §5), those of one millisecond as well. */
export function newId(): string {
  if (used >= random.length) {
    crypto.getRandomValues(random)
    used = 0
  }
  const own = random.subarray(used, used + 16)
  used += 16
  const now = Date.now()
  if (now > last) {
    last = now
    // Half of what 32 bits hold is left to count on.
    counter = (((own[6] ?? 0) & 0x7f) << 24) | ((own[7] ?? 0) << 16) | ((own[8] ?? 0) << 8) | (own[9] ?? 0)
  } else {
    counter = (counter + 1) | 0
    if (counter === 0) last += 1
  }
  return v7({ random: own, msecs: last, seq: counter })
}

/** True for the canonical lower-case text of a uuid; anything else is "no such thing" and never reaches SQL. */
export const isId = (value: string): boolean => UUID.test(value)

/** The moment a UUIDv7 was made. */
export const timeOfId = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))

/** A uuid as 22 base62 characters: the org's id in front of tokens and session cookies. */
export function orgPrefix(orgId: string): string {
  let n = BigInt(`0x${orgId.replaceAll('-', '')}`)
  let out = ''
  for (let i = 0; i < 22; i++) {
    out = ALPHABET.charAt(Number(n % 62n)) + out
    n /= 62n
  }
  return out
}

/** The uuid behind 22 base62 characters, or null when they are none. */
export function orgFromPrefix(prefix: string): string | null {
  if (!/^[0-9A-Za-z]{22}$/.test(prefix)) return null
  let n = 0n
  for (const c of prefix) n = n * 62n + BigInt(ALPHABET.indexOf(c))
  const hex = n.toString(16).padStart(32, '0')
  return hex.length === 32 ? hyphenated(hex) : null
}

const hyphenated = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** How an event is named to people: `evt_` and its id without dashes. */
export const eventRef = (id: string): string => `evt_${id.replaceAll('-', '')}`

/** The event id behind `evt_…` or a plain uuid, or null. */
export function eventIdFromRef(ref: string): string | null {
  if (isId(ref)) return ref
  return /^evt_[0-9a-f]{32}$/.test(ref) ? hyphenated(ref.slice(4)) : null
}
