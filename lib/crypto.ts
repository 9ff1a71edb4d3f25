import 'server-only'
import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes, randomInt } from 'node:crypto'
import { env } from './env'
import { once } from './process'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

type Purpose = 'seal' | 'hmac' | 'auth'
type Keys = { current: string; of: (version: string, purpose: Purpose) => Buffer | undefined }

/** Each use has a key of its own, derived from the master key of that version. */
function keys(): Keys {
  return once('crypto.keys', () => {
    const masters = new Map(env().ROLLCALL_KEYS.map((entry) => entry.split(':') as [string, string]))
    const derived = new Map<string, Buffer>()
    const of = (version: string, purpose: Purpose) => {
      const master = masters.get(version)
      if (!master) return undefined
      const name = `${version}:${purpose}`
      const key = derived.get(name) ?? Buffer.from(hkdfSync('sha256', Buffer.from(master, 'base64'), '', purpose, 32))
      derived.set(name, key)
      return key
    }
    return { current: env().ROLLCALL_KEYS[0]?.split(':')[0] ?? 'v1', of }
  })
}

function keyOf(version: string, purpose: Purpose): Buffer {
  const key = keys().of(version, purpose)
  if (!key) throw new Error(`ROLLCALL_KEYS has no key ${version}; add it back, older ones after the newest`)
  return key
}

/** The version new secrets are written with. */
export const currentKeyVersion = (): string => keys().current

/** Encrypts with AES-256-GCM under the newest key; `aad` binds the text to its place (org, column). */
export function seal(text: string, aad: string): string {
  const version = currentKeyVersion()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(version, 'seal'), iv).setAAD(Buffer.from(`${aad}|${version}`))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** False for what was sealed under an older key than the newest: time to seal it anew. */
export const isCurrent = (sealed: string): boolean => sealed.startsWith(`${currentKeyVersion()}.`)

/** Opens what `seal` made. Throws when the key is gone, the text was changed, or it belongs elsewhere. */
export function open(sealed: string, aad: string): string {
  const [version = '', data = ''] = sealed.split('.')
  const raw = Buffer.from(data, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(version, 'seal'), raw.subarray(0, 12))
  decipher.setAAD(Buffer.from(`${aad}|${version}`)).setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
}

/** HMAC-SHA-256 with a key that is not in the database; how SCIM tokens rest. */
export function hmac(text: string, version = currentKeyVersion()): Buffer {
  return createHmac('sha256', keyOf(version, 'hmac')).update(text).digest()
}

/** The secret next-auth signs its short-lived sign-in cookies with. */
export const authSecret = (): string => keyOf(currentKeyVersion(), 'auth').toString('base64')

export const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer')

/** `length` characters of 0-9A-Za-z, each uniformly random (5.95 bits). */
export function randomBase62(length: number): string {
  return Array.from({ length }, () => BASE62.charAt(randomInt(62))).join('')
}
