import { randomBase62 } from '@/lib/crypto'
import { orgFromPrefix, orgPrefix } from '@/lib/ids'
import { checksum } from './checksum'

/** `rollcall_<org 22><id 8><secret 32><crc 6>`, all base62 (DESIGN §6); SECURITY.md gives the form to scanners. */
const TOKEN = /^rollcall_([0-9A-Za-z]{22})([0-9A-Za-z]{8})([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/

/** A new token of the org, in clear, and its parts. `hint`: the last characters of the secret, for people to tell tokens apart. */
export function makeToken(orgId: string): { id: string; secret: string; hint: string; token: string } {
  const id = randomBase62(8)
  const secret = randomBase62(32)
  const body = `${orgPrefix(orgId)}${id}${secret}`
  return { id, secret, hint: secret.slice(-4), token: `rollcall_${body}${checksum(body)}` }
}

/** Org, id and secret of what somebody sent as a token; null when form or checksum are wrong. Costs no query. */
export function parseToken(text: string): { orgId: string; id: string; secret: string } | null {
  const [, prefix = '', id = '', secret = '', crc] = TOKEN.exec(text) ?? []
  const orgId = orgFromPrefix(prefix)
  return orgId && crc === checksum(`${prefix}${id}${secret}`) ? { orgId, id, secret } : null
}

/** Where org and id of a token stand, without looking whether it is one. */
export const placeOf = (token: string): { prefix: string; id: string } => ({
  prefix: token.slice(9, 31),
  id: token.slice(31, 39),
})
