import fc from 'fast-check'
import { resourceTypeTable } from '@/lib/scim/resource-types'
import type { Attribute } from '@/lib/scim/schema'
import { WORDS } from './odd-people'

const word = fc.constantFrom(...WORDS)
const TEXT = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const ORDER = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']

function condition(name: string, attribute: Attribute, values: readonly string[]): fc.Arbitrary<string> {
  const present = fc.constant(`${name} pr`)
  const compare = (ops: string[], value: fc.Arbitrary<unknown>) =>
    fc.tuple(fc.constantFrom(...ops), value).map(([op, v]) => `${name} ${op} ${JSON.stringify(v)}`)
  const equal = compare(['eq', 'ne'], fc.constant(null))
  switch (attribute.type) {
    case 'boolean':
      return fc.oneof(present, equal, compare(['eq', 'ne'], fc.boolean()))
    case 'dateTime':
      return fc.oneof(
        present,
        equal,
        compare(ORDER, fc.date({ min: new Date('2026-01-01'), max: new Date('2026-01-12'), noInvalidDate: true })),
      )
    case 'binary':
      return fc.oneof(present, equal, compare(['eq', 'ne'], word))
    case 'complex':
      return present
    default:
      return fc.oneof(
        present,
        equal,
        compare(
          TEXT,
          fc.oneof(
            { weight: 4, arbitrary: word },
            { weight: 1, arbitrary: fc.constantFrom(...WORDS.map((w, i) => `${w}.${i}`), ...values) },
          ),
        ),
      )
  }
}

function leaves(attributes: readonly Attribute[], values: readonly string[], prefix = ''): fc.Arbitrary<string>[] {
  return attributes.flatMap((each): fc.Arbitrary<string>[] => {
    const name = prefix + each.name
    const subs = each.subAttributes ?? []
    if (each.name.startsWith('urn:')) return leaves(subs, values, `${each.name}:`)
    // A user's entity tag cannot be told in SQL; the filter is refused.
    if (each.name === 'meta')
      return leaves(
        subs.filter((sub) => sub.name !== 'version'),
        values,
        'meta.',
      )
    if (each.type !== 'complex') return [condition(name, each, values)]
    const own = [condition(name, each, values), ...subs.map((sub) => condition(`${name}.${sub.name}`, sub, values))]
    if (!each.multiValued) return own
    const inner = fc.oneof(...subs.map((sub) => condition(sub.name, sub, values)))
    const pair = fc.tuple(inner, fc.constantFrom('and', 'or'), inner).map(([a, op, b]) => `${a} ${op} ${b}`)
    const inside = fc.oneof(
      inner,
      pair,
      inner.map((each) => `not (${each})`),
    )
    return [...own, inside.map((each) => `${name}[${each}]`)]
  })
}

/** Any filter over the type's attributes; texts are odd words or one of `values`. */
export const anyFilter = (type: 'User' | 'Group', values: readonly string[]) =>
  fc.letrec<{ filter: string }>((tie) => {
    const leaf = fc.oneof(...leaves(resourceTypeTable[type].attributes, values))
    const both = fc
      .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`)
    const not = tie('filter').map((each) => `not (${each})`)
    return {
      filter: fc.oneof(
        { maxDepth: 2 },
        { weight: 4, arbitrary: leaf },
        { weight: 1, arbitrary: both },
        { weight: 1, arbitrary: not },
      ),
    }
  }).filter
