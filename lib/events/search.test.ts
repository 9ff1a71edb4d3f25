import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch, printSearch, printTerm, QUALIFIERS, type Term, timeOf, toggleValue, typesOf } from './search'
import { EVENT_TYPES, OUTCOMES } from './types'

const term = (key: Term['key'], values: string | string[], not = false): Term => ({ key, values: [values].flat(), not })

describe('reads', () => {
  it.each<[string, Term[]]>([
    ['', []],
    ['   ', []],
    ['type:user.* status:failed', [term('type', 'user.*'), term('status', 'failed')]],
    ['-type:lookup', [term('type', 'lookup', true)]],
    ['status:failed,blocked', [term('status', ['failed', 'blocked'])]],
    ['user:"John Doe"', [term('user', 'John Doe')]],
    ['user:"Doe, John",ada', [term('user', ['Doe, John', 'ada'])]],
    ['user:"a \\"quoted\\" \\\\ name"', [term('user', 'a "quoted" \\ name')]],
    ['STATUS:failed', [term('status', 'failed')]],
    ['path:/Groups code:409', [term('path', '/Groups'), term('code', '409')]],
    ['after:2026-01-31 before:2026-02-01T12:00', [term('after', '2026-01-31'), term('before', '2026-02-01T12:00')]],
    ['deactivated -"John Doe"', [term('text', 'deactivated'), term('text', 'John Doe', true)]],
    ['a,b', [term('text', 'a,b')]],
    ['-', [term('text', '-')]],
    ['"status:failed"', [term('text', 'status:failed')]],
    ['user:"never closed', [term('user', 'never closed')]],
    ['\0status:failed', [term('status', 'failed')]],
  ])('%s', (text, terms) => expect(parseSearch(text)).toEqual({ terms, hints: [] }))
})

describe('leaves out with a hint', () => {
  it.each<[string, RegExp]>([
    ['stauts:failed', /Did you mean status:\?/],
    ['colour:red', /There are type, status/],
    ['https://porter.example', /write "https:\/\/porter.example"/],
    ['type:user.creatd', /Did you mean type:user.created/],
    ['type:nothing.*', /No event has the type/],
    ['status:bad', /success, failed, skipped, blocked/],
    ['status:', /needs a value/],
    ['user:""', /needs a value/],
    ['code:9', /no status code/],
    ['after:yesterday', /one day or time/],
    ['after:2026-02-31x', /one day or time/],
    ['-before:2026-01-01', /write after:/],
  ])('%s', (text, hint) => {
    const { terms, hints } = parseSearch(`type:user.created ${text} status:failed`)
    expect(terms.map(printTerm)).toEqual(['type:user.created', 'status:failed'])
    expect(hints).toEqual([{ part: text, text: expect.stringMatching(hint) }])
  })

  it('more parts than twenty', () => {
    const { terms, hints } = parseSearch(Array.from({ length: 25 }, (_, i) => `w${i}`).join(' '))
    expect([terms.length, hints.length]).toEqual([20, 1])
  })
})

const free = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .filter((s) => !s.includes('\0') && s.isWellFormed())
const valueFor = (key: Term['key']) => {
  if (key === 'type') return fc.constantFrom<string>(...EVENT_TYPES, 'user.*', 'lookup')
  if (key === 'status') return fc.constantFrom<string>(...OUTCOMES)
  if (key === 'code') return fc.constantFrom('200', '409', '4xx')
  return key === 'after' || key === 'before' ? fc.constantFrom('2026-01-31', '2026-01-31T10:00:07Z') : free
}
const anyTerm = fc
  .constantFrom<Term['key']>(
    'text',
    'type',
    'status',
    'actor',
    'user',
    'group',
    'path',
    'code',
    'ip',
    'after',
    'before',
  )
  .chain((key) => {
    const single = key === 'text' || key === 'after' || key === 'before'
    return fc.record({
      key: fc.constant(key),
      values: fc.array(valueFor(key), { minLength: 1, maxLength: single ? 1 : 3 }),
      not: key === 'after' || key === 'before' ? fc.constant(false) : fc.boolean(),
    })
  })

describe('properties', () => {
  it('parse ∘ print = id', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 8 }), (terms) => {
        fc.pre(printSearch(terms).length <= 1000)
        expect(parseSearch(printSearch(terms))).toEqual({ terms, hints: [] })
      }),
      { numRuns: 3000 },
    )
  })

  it('any text is read, and what was read prints to the same', () => {
    const word = fc.constantFrom('type:', '-', '"', '\\', ',', ' ', ':', 'user', 'status:failed', 'é', '%')
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
    )
    fc.assert(
      fc.property(text, (input) => {
        const { terms } = parseSearch(input)
        expect(parseSearch(printSearch(terms)).terms).toEqual(terms)
      }),
      { numRuns: 3000 },
    )
  })
})

it('a facet value is switched on and off', () => {
  const one = toggleValue([term('text', 'x')], 'type', 'user.created')
  const two = toggleValue(one, 'type', 'user.updated')
  expect(printSearch(two)).toBe('x type:user.created,user.updated')
  expect(printSearch(toggleValue(toggleValue(two, 'type', 'user.created'), 'type', 'user.updated'))).toBe('x')
})

it('every qualifier’s example is one', () => {
  for (const example of Object.values(QUALIFIERS)) {
    expect(parseSearch(example.replaceAll('…', '').replace(' or ', ' ')).hints).toEqual([])
  }
})

it.each([
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T10:00', '2026-01-31T10:00:00.000Z'],
  ['2026-01-31T10:00:07+02:00', '2026-01-31T08:00:07.000Z'],
  ['2026-13-01', undefined],
  ['', undefined],
])('the time %s', (text, expected) => expect(timeOf(text)?.toISOString()).toBe(expected))

it('a prefix names its types', () => expect(typesOf('token.*')).toHaveLength(4))
