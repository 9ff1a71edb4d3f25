import type { EventDiff } from '@/db/types'

const MAX_BYTES = 64 * 1024
const MAX_TEXT = 4096
const MAX_DEPTH = 24
const MAX_KEYS = 200
/** Long lists keep their beginning and say how much is missing. */
const MAX_ITEMS = 50
const MAX_CHANGES = 200

const GONE = '[redacted]'

// Compared without case, dashes and underscores: client_secret, clientSecret and Client-Secret are one name.
const SECRET_PARTS = [
  'password',
  'passwd',
  'secret',
  'authorization',
  'cookie',
  'credential',
  'privatekey',
  'apikey',
  'assertion',
]
const SECRET_NAMES = new Set(['token', 'code', 'codeverifier', 'pwd', 'otp', 'pin', 'bearer', 'jwt', 'nonce', 'auth'])
// Names of things that are no credential although they end in "token".
const HARMLESS = new Set(['tokenid', 'tokenhint', 'tokentype'])

/** Names judged before, for the same few come with every request; clients choose them, so not too many are kept. */
const judged = new Map<string, boolean>()
const MAX_JUDGED = 2000

/** True for a name whose value must never be stored. SCIM paths are judged by each of their parts. */
export function isSecretName(name: string): boolean {
  if (name.length > 100) return judge(name)
  const known = judged.get(name)
  if (known !== undefined) return known
  if (judged.size >= MAX_JUDGED) judged.clear()
  const secret = judge(name)
  judged.set(name, secret)
  return secret
}

function judge(name: string): boolean {
  return name.split(/[.:[\]\s"]+/).some((part) => {
    const plain = part.toLowerCase().replace(/[^a-z0-9]/g, '')
    if (HARMLESS.has(plain)) return false
    return SECRET_NAMES.has(plain) || plain.endsWith('token') || SECRET_PARTS.some((word) => plain.includes(word))
  })
}

const visible = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what this is for; Postgres stores it nowhere.
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
// Values that are credentials whatever their key says: bearer headers, our own tokens, JSON Web Tokens.
const CREDENTIALS = /\b(?:bearer|basic)\s+[\w+/=.~-]{20,}|\brollcall_[0-9A-Za-z]{20,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/gi

/** The text as Postgres can store it: NUL and lone surrogates become visible escapes such as \u0000. */
export function storable(text: string): string {
  if (text.isWellFormed() && !text.includes('\0')) return text
  return text.replace(UNSTORABLE, visible)
}

/** No credential is shorter: the head of a JSON Web Token alone is longer. */
const SHORTEST = 14

/**
 * What the copy being made comes to: characters of its names and texts, and some for what stands between. It spares
 * small ones, which are nearly all, being written out just to be measured.
 */
let size = 0
/** The most bytes JSON makes of one character: a NUL, made visible, is written \\u0000. */
const MOST_BYTES = 7
const BETWEEN = 4

const clean = (text: string) => {
  size += Math.min(text.length, MAX_TEXT + 30) + BETWEEN
  if (text.length < SHORTEST) return storable(text)
  const safe = storable(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text).replace(CREDENTIALS, GONE)
  return text.length > MAX_TEXT ? `${safe}… (${text.length} characters)` : safe
}

/** SCIM PATCH names the attribute in `path` and gives the secret under the harmless name `value`. */
const namesSecret = (value: object) => 'path' in value && typeof value.path === 'string' && isSecretName(value.path)

function walk(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return clean(value)
  size += NUMBER
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value === 'bigint') return clean(value.toString())
  if (typeof value !== 'object') return null
  if (depth >= MAX_DEPTH) return '[too deep]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => walk(item, depth + 1))
    return value.length > MAX_ITEMS ? [...items, { more: value.length - MAX_ITEMS }] : items
  }
  return walkObject(value, depth)
}

/** More than any number, moment or mark of ours takes. */
const NUMBER = 30

const HIDES = ['value', 'before', 'after']

function walkObject(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value)
  const hidden = namesSecret(value)
  const out: Record<string, unknown> = {}
  for (const [key, item] of entries.length > MAX_KEYS ? entries.slice(0, MAX_KEYS) : entries) {
    if (item === undefined || typeof item === 'function') continue
    const secret = isSecretName(key) || (hidden && HIDES.includes(key.toLowerCase()))
    put(out, clean(key), secret ? clean(GONE) : walk(item, depth + 1))
  }
  if (entries.length > MAX_KEYS) out['…'] = { more: entries.length - MAX_KEYS }
  return out
}

/** A key named __proto__ stays data. */
function put(out: Record<string, unknown>, key: string, value: unknown) {
  if (key === '__proto__')
    Object.defineProperty(out, key, { value, enumerable: true, writable: true, configurable: true })
  else out[key] = value
}

/**
 * A copy fit for the event log: secrets replaced, texts storable, long lists and texts shortened, at most 64 KiB of
 * JSON. Undefined becomes null. Never throws, whatever a client sent.
 */
export function redact(value: unknown): unknown {
  size = 0
  return redactMore(value)
}

/** The same, counting on from what was copied before. */
function redactMore(value: unknown): unknown {
  if (value === undefined || value === null) return null
  const before = size
  const copy = walk(value, 0)
  if ((size - before) * MOST_BYTES <= MAX_BYTES) return copy
  const text = JSON.stringify(copy)
  const bytes = Buffer.byteLength(text)
  return bytes <= MAX_BYTES ? copy : { truncated: true, bytes, start: storable(text.slice(0, 2000)) }
}

/** The changes without those of secret attributes, which are not even named as changed; null when not given. */
export function redactDiff(diff: EventDiff[] | undefined): EventDiff[] | null {
  if (!diff) return null
  size = 0
  const open = diff.filter((change) => !isSecretName(change.path))
  const kept = open.slice(0, MAX_CHANGES).map((change): EventDiff => {
    size += NUMBER
    const copy: EventDiff = { path: clean(change.path) }
    if ('before' in change) copy.before = redactMore(change.before)
    if ('after' in change) copy.after = redactMore(change.after)
    return copy
  })
  if (open.length > MAX_CHANGES) kept.push({ path: `and ${open.length - MAX_CHANGES} more changes` })
  if (size * MOST_BYTES <= MAX_BYTES) return kept
  return Buffer.byteLength(JSON.stringify(kept)) <= MAX_BYTES ? kept : kept.map(({ path }) => ({ path }))
}

/** A request path whose query keeps no credential and no filter on a secret attribute. */
export function redactPath(path: string | undefined): string | null {
  if (path === undefined) return null
  const [before = '', query] = path.split(/\?(.*)/s)
  const pairs = query?.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return isSecretName(readable(name)) || isSecretName(readable(value)) ? `${name}=${GONE}` : pair
  })
  return clean(pairs ? `${before}?${pairs.join('&')}` : before)
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return part
  }
}
