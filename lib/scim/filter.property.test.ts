import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ScimError } from './errors'
import { parseFilter } from './filter'
import type { CompareOp, Filter } from './filter-ast'
import { evaluateFilter } from './filter-eval'
import { printFilter } from './filter-print'
import { leafOf, type ResolvedPath, resolveElementPath, resolvePath } from './resource-types'

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\u0000'))
const textOps = fc.constantFrom<CompareOp>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le')
const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not in the tables')
  return value
}

const paths = [
  'userName',
  'title',
  'name.givenName',
  'active',
  'meta.created',
  'emails.value',
  'emails.primary',
  'manager.value',
]
const elementPaths = ['value', 'type', 'primary']

function condition(path: fc.Arbitrary<ResolvedPath>): fc.Arbitrary<Filter> {
  return path.chain((found): fc.Arbitrary<Filter> => {
    const { type } = leafOf(found)
    const present = fc.constant<Filter>({ kind: 'present', path: found })
    const equality = fc.constantFrom<CompareOp>('eq', 'ne')
    const compare = (op: fc.Arbitrary<CompareOp>, value: fc.Arbitrary<string | boolean | null>) =>
      fc.record({ op, value }).map((each): Filter => ({ kind: 'compare', path: found, ...each }))
    const isNull = compare(equality, fc.constant(null))
    if (type === 'boolean') return fc.oneof(present, isNull, compare(equality, fc.boolean()))
    if (type !== 'dateTime') return fc.oneof(present, isNull, compare(textOps, text))
    const date = fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((each) => each.toISOString())
    return fc.oneof(present, compare(fc.constantFrom<CompareOp>('eq', 'ne', 'gt', 'ge', 'lt', 'le'), date))
  })
}

const emails = found(resolvePath('emails', 'User'))
const outer = condition(fc.constantFrom(...paths).map((name) => found(resolvePath(name, 'User'))))
const inner = condition(
  fc.constantFrom(...elementPaths).map((name) => found(resolveElementPath(name, emails.attribute))),
)

function tree(leaf: fc.Arbitrary<Filter>, depth: number): fc.Arbitrary<Filter> {
  if (depth === 0) return leaf
  const below = tree(leaf, depth - 1)
  const chain = fc
    .record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(below, { minLength: 2, maxLength: 3 }),
    })
    .map((each): Filter => each)
  return fc.oneof(
    leaf,
    chain,
    below.map((filter): Filter => ({ kind: 'not', filter })),
  )
}

const element = tree(inner, 1).map((filter): Filter => ({ kind: 'has', path: emails, filter }))
const filters = tree(fc.oneof(outer, element), 3)

const users = fc.record(
  {
    userName: text,
    title: text,
    active: fc.boolean(),
    name: fc.record({ givenName: text }, { requiredKeys: [] }),
    emails: fc.array(fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
    meta: fc.record({ created: fc.constant('2026-01-31T09:30:00.000Z') }),
  },
  { requiredKeys: [] },
)

test('parse after print is the same filter', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      expect(parseFilter(printFilter(filter), 'User', { maxLength: 100_000, maxTerms: 1_000 })).toEqual(filter)
    }),
    { numRuns: 500 },
  )
})

test('not is the complement, for every filter and user', () => {
  fc.assert(
    fc.property(filters, users, (filter, user) => {
      expect(evaluateFilter({ kind: 'not', filter }, user)).toBe(!evaluateFilter(filter, user))
    }),
  )
})

test('De Morgan holds', () => {
  fc.assert(
    fc.property(filters, filters, users, (a, b, user) => {
      const left = evaluateFilter({ kind: 'not', filter: { kind: 'and', terms: [a, b] } }, user)
      const right = evaluateFilter(
        {
          kind: 'or',
          terms: [
            { kind: 'not', filter: a },
            { kind: 'not', filter: b },
          ],
        },
        user,
      )
      expect(left).toBe(right)
    }),
  )
})

test('what is stored is found by eq, whatever its characters', () => {
  fc.assert(
    fc.property(text, (title) => {
      const filter = parseFilter(`title eq ${JSON.stringify(title)}`, 'User')
      expect(evaluateFilter(filter, { title })).toBe(true)
      expect(evaluateFilter(filter, { title: title.toUpperCase() })).toBe(true)
    }),
  )
})

const fragments = fc.constantFrom(
  'userName',
  'emails',
  '[',
  ']',
  '(',
  ')',
  ' eq ',
  ' and ',
  ' or ',
  'not',
  ' pr',
  '"',
  '"a"',
  '\\',
  'true',
  '1',
  '.',
  ':',
  ' ',
  'urn:',
)

test('any text is a filter or a ScimError 400', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fragments, { maxLength: 30 }).map((each) => each.join('')),
  )
  fc.assert(
    fc.property(anything, (input) => {
      try {
        printFilter(parseFilter(input, 'User'))
      } catch (error) {
        expect(error).toBeInstanceOf(ScimError)
        expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' })
      }
    }),
    { numRuns: 2_000 },
  )
})
