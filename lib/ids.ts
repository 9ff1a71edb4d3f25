import { v7 } from 'uuid'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A new UUIDv7: ids are made in the app, in time order (DESIGN §5). */
export const newId = (): string => v7()

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
