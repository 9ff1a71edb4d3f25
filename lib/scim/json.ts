import { parse } from 'secure-json-parse'
import { badRequest } from './errors'

const MAX_DEPTH = 32

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACKET = 91
const OPEN_BRACE = 123
const CLOSE_BRACKET = 93
const CLOSE_BRACE = 125

/** How deep the brackets of a JSON text nest, those inside strings not counted. One pass, no recursion. */
function nestingOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === BACKSLASH) i++
      else if (c === QUOTE) inString = false
    } else if (c === QUOTE) inString = true
    else if (c === OPEN_BRACE || c === OPEN_BRACKET) deepest = Math.max(deepest, ++depth)
    else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) depth--
  }
  return deepest
}

/**
 * A request body as JSON. 400 invalidSyntax when it is not JSON, nests deeper than 32 (checked before parsing),
 * or names `__proto__` or `constructor.prototype`.
 */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') throw badRequest('invalidSyntax', 'The request body is empty. Send a JSON object.')
  if (nestingOf(text) > MAX_DEPTH) {
    throw badRequest('invalidSyntax', `The request body nests deeper than ${MAX_DEPTH} levels. Send a flatter object.`)
  }
  try {
    return parse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw badRequest(
      'invalidSyntax',
      'The request body is not valid JSON, or uses a forbidden key such as "__proto__".',
    )
  }
}

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
