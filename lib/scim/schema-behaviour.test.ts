import { describe, expect, test } from 'vitest'
import { parseFilter } from './filter'
import { evaluateFilter } from './filter-eval'
import { john, refusalOf } from './fixtures'
import { applyUserPatch } from './patch'
import { leafOf, type ResolvedPath, resolvePath } from './resource-types'
import type { Attribute } from './schema'
import { enterpriseUserSchema } from './schemas/enterprise-user'
import { USER_SCHEMA, userSchema } from './schemas/user'
import { parseUser } from './user'

const strict = { mode: 'strict' } as const

/** Every path of a user that a client can name, out of the tables: attributes and their sub-attributes. */
const names = [userSchema, enterpriseUserSchema].flatMap(({ id, attributes }) =>
  attributes.flatMap((each) => [
    `${id}:${each.name}`,
    ...(each.subAttributes ?? []).map((sub) => `${id}:${each.name}.${sub.name}`),
  ]),
)
const paths = names.map((name): [string, ResolvedPath] => {
  const path = resolvePath(name, 'User')
  if (!path) throw new Error(`${name} is not in the tables`)
  return [path.text, path]
})
const isReadOnly = ({ attribute, sub }: ResolvedPath) =>
  attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly'
const simple = paths.filter(([, path]) => leafOf(path).type !== 'complex')
const writable = simple.filter(([, path]) => !isReadOnly(path))

/** A value of the attribute's type. */
const sampleOf = (leaf: Attribute): string | boolean => (leaf.type === 'boolean' ? true : 'AbCd')

/** What keeps an element of the list from being empty. */
const contentOf = ({ name }: Attribute) => (name === 'addresses' ? { locality: 'Wien' } : { value: 'AbCd' })

/** A body that holds the value at the path, and nothing else but what is required. */
function bodyWith({ attribute, sub, extension }: ResolvedPath, value: unknown): Record<string, unknown> {
  const object = sub ? { [sub.name]: value } : value
  const held = attribute.multiValued ? [{ ...contentOf(attribute), ...(sub ? { [sub.name]: value } : {}) }] : object
  const named = { [attribute.name]: held }
  return { schemas: [USER_SCHEMA], userName: 'john', ...(extension ? { [extension]: named } : named) }
}

describe('schema = behaviour: mutability', () => {
  test.each(paths.filter(([, path]) => isReadOnly(path)))(
    'readOnly %s is ignored in a body and refused in a PATCH',
    (text, path) => {
      expect(parseUser(bodyWith(path, 'x'), strict)).toEqual({ userName: 'john', active: true })
      for (const op of ['add', 'replace', 'remove'] as const) {
        expect(refusalOf(() => applyUserPatch(john, [{ op, path: text, value: 'x' }], strict))).toBe('400 mutability')
      }
    },
  )

  test.each(writable)('readWrite %s is kept from a body', (_text, path) => {
    const value = sampleOf(leafOf(path))
    const user = parseUser(bodyWith(path, value), strict)
    const kept = path.keys.reduce<unknown>((found, key) => {
      const object = Array.isArray(found) ? found[0] : found
      return typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined
    }, user)
    expect(kept).toBe(value)
  })

  test.each(writable)('readWrite %s is kept from a PATCH', (text, path) => {
    const value = sampleOf(leafOf(path))
    const user = { userName: 'john', active: true }
    const { name, multiValued } = path.attribute
    const seed = { op: 'add' as const, path: name, value: [contentOf(path.attribute)] }
    const ops = [...(multiValued ? [seed] : []), { op: 'replace' as const, path: text, value }]
    const next = applyUserPatch(user, ops, strict)
    const literal = JSON.stringify(value)
    expect(evaluateFilter(parseFilter(`${text} eq ${literal}`, 'User'), { ...next })).toBe(true)
  })
})

describe('schema = behaviour: type', () => {
  test.each(writable)('%s refuses another type', (_text, path) => {
    expect(refusalOf(() => parseUser(bodyWith(path, 7), strict))).toBe('400 invalidValue')
    expect(refusalOf(() => parseUser(bodyWith(path, {}), strict))).toBe('400 invalidValue')
  })
})

describe('schema = behaviour: caseExact', () => {
  test.each(simple.filter(([, path]) => leafOf(path).type === 'string' || leafOf(path).type === 'reference'))(
    '%s',
    (text, path) => {
      const filter = parseFilter(`${text} eq "aBcD"`, 'User')
      const resource = bodyWith(path, 'AbCd')
      expect(evaluateFilter(filter, resource)).toBe(!leafOf(path).caseExact)
    },
  )
})

describe('schema = behaviour: required', () => {
  test.each(userSchema.attributes.filter((each) => each.required).map((each) => each.name))('%s', (name) => {
    expect(refusalOf(() => parseUser({ schemas: [USER_SCHEMA] }, strict))).toBe('400 invalidValue')
    expect(refusalOf(() => applyUserPatch(john, [{ op: 'remove', path: name }], strict))).toBe('400 mutability')
  })
})
