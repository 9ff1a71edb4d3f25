import { badRequest } from './errors'

/** The longest text each kind of attribute may hold, in UTF-16 units. */
export const MAX_TEXT = { key: 512, text: 2_048, binary: 65_536 } as const

const LONE_SURROGATE = /\p{Surrogate}/u

/** What is wrong with a text, or undefined: NUL and lone surrogates cannot be stored, over-long text is not data. */
export function textProblem(value: string, max: number): string | undefined {
  if (value.length > max) return `is longer than ${max} characters`
  if (value.includes('\u0000')) return 'contains a NUL character (\\u0000)'
  if (LONE_SURROGATE.test(value)) return 'contains half of a surrogate pair, which is not valid Unicode'
  return undefined
}

/** Throws 400 invalidValue naming `where` unless the text can be stored; the text itself is never echoed. */
export function assertText(value: string, where: string, max: number = MAX_TEXT.text): string {
  const problem = textProblem(value, max)
  if (problem) throw badRequest('invalidValue', `"${where}" ${problem}. Correct the value and send it again.`)
  return value
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range starts at NUL
const ASCII = /^[\u0000-\u007f]*$/

/**
 * The key a text is compared by where `caseExact` is false: NFC, then case folded (RFC 7644 §7.8).
 * Through lower and upper case ß, ẞ and ss fold alike; final sigma is undone so that a prefix folds to a prefix.
 */
export function foldKey(s: string): string {
  if (ASCII.test(s)) return s.toLowerCase()
  return s.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC')
}

/** A client's word made short and harmless for an error text: at most 40 printable characters. */
export function quoted(s: string): string {
  const plain = s.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').replaceAll('"', "'")
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}"`
}
