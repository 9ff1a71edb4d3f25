import { badRequest, type ScimError } from './errors'
import type { FilterValue } from './filter-ast'
import { textProblem } from './text'

export type FilterLimits = { maxLength: number; maxDepth: number; maxTerms: number }

/** In an address; `POST /.search` may pass 8,192 as maxLength. */
export const FILTER_LIMITS: FilterLimits = { maxLength: 2_048, maxDepth: 20, maxTerms: 50 }
export const SEARCH_FILTER_LIMITS: FilterLimits = { ...FILTER_LIMITS, maxLength: 8_192 }

export type Token = { at: number } & (
  | { kind: '(' | ')' | '[' | ']' | 'end' }
  | { kind: 'word'; text: string }
  | { kind: 'value'; value: FilterValue }
)

/** 400 invalidFilter that points at the place and does not repeat the filter. */
export function filterError(at: number, problem: string): ScimError {
  return badRequest('invalidFilter', `The filter is not valid at position ${at + 1}: ${problem}.`)
}

/** Refuses, before any parsing, what is too long, too deep or has too many terms. */
function preScan(text: string, { maxLength, maxDepth, maxTerms }: FilterLimits): void {
  if (text.length > maxLength) {
    throw badRequest('invalidFilter', `The filter is longer than ${maxLength} characters. Send a shorter one.`)
  }
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (inString && c === '\\') i++
    else if (c === '"') inString = !inString
    else if (!inString && (c === '(' || c === '[') && ++depth > maxDepth) {
      throw filterError(i, `brackets nest deeper than ${maxDepth} levels`)
    } else if (!inString && (c === ')' || c === ']')) depth--
  }
  const words = text.replace(/"(?:\\.|[^"\\])*"/gs, '""').match(/[\s)\]](?:and|or)(?=[\s([])/gi)
  if ((words?.length ?? 0) >= maxTerms) {
    throw badRequest(
      'invalidFilter',
      `The filter has more than ${maxTerms} conditions. Split it into several requests.`,
    )
  }
}

const WORD = /[A-Za-z$_][\w$:.-]*/y
// Entra's matching attribute in a filter: `emails[type eq "work"].value eq "x"`; the name after the bracket.
const SUB_NAME = /\.[A-Za-z$_][\w$-]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Where the JSON string that opens at `at` ends, its closing quote included. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i + 1
  }
  throw filterError(at, 'the text in quotes does not end')
}

function decode(literal: string, at: number): string {
  let value: unknown
  try {
    value = JSON.parse(literal)
  } catch {
    throw filterError(at, 'the text in quotes is not a JSON string; escape " and \\ with a backslash')
  }
  if (typeof value !== 'string') throw filterError(at, 'a text in quotes was expected')
  const problem = textProblem(value, literal.length)
  if (problem) throw filterError(at, `the text in quotes ${problem}`)
  return value
}

const LITERALS = new Map<string, FilterValue>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** The filter as tokens, ending in one of kind `end`. Throws 400 invalidFilter. */
export function scanFilter(text: string, limits: FilterLimits = FILTER_LIMITS): Token[] {
  preScan(text, limits)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const c = text[at]
    if (c === ' ' || c === '\t') {
      at++
    } else if (c === '(' || c === ')' || c === '[' || c === ']') {
      tokens.push({ kind: c, at })
      at++
    } else if (c === '"') {
      const end = stringEnd(text, at)
      tokens.push({ kind: 'value', at, value: decode(text.slice(at, end), at) })
      at = end
    } else {
      const word = match(c === '.' && text[at - 1] === ']' ? SUB_NAME : WORD, text, at)
      const literal = word ?? match(NUMBER, text, at)
      if (literal === undefined) throw filterError(at, 'this character does not belong here')
      if (word === undefined) tokens.push({ kind: 'value', at, value: Number(literal) })
      else {
        const value = LITERALS.get(word.toLowerCase())
        tokens.push(value === undefined ? { kind: 'word', at, text: word } : { kind: 'value', at, value })
      }
      at += literal.length
    }
  }
  tokens.push({ kind: 'end', at })
  return tokens
}
