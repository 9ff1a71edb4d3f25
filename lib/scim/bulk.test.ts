import { describe, expect, test } from 'vitest'
import { BULK_REQUEST_SCHEMA, type BulkEntry, bulkResponse, parseBulk } from './bulk'
import { orderBulk, referencesOf, resolveBulkIds } from './bulk-order'
import { refusalOf } from './fixtures'

const bulk = (Operations: unknown, extra: object = {}) =>
  parseBulk({ schemas: [BULK_REQUEST_SCHEMA], Operations, ...extra })
const user = (bulkId: string, data: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: bulkId, ...data },
})
const group = (bulkId: string, members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((each) => ({ value: `bulkId:${each}` })) },
})

/** Entries as their bulkId or path, failures with their status. */
const shown = (entries: readonly BulkEntry[]) =>
  entries.map((each) =>
    'operation' in each
      ? (each.operation.bulkId ?? each.operation.path)
      : `${each.failure.bulkId} ${each.failure.error.status}`,
  )

describe('RFC 7644 §3.7: reading a bulk request', () => {
  test('the example of §3.7.3: POST, PUT, PATCH and DELETE', () => {
    const request = bulk(
      [
        { method: 'POST', path: '/Users', bulkId: 'qwerty', data: { userName: 'Alice' } },
        { method: 'PUT', path: '/Users/b7c14771', version: 'W/"3"', data: { userName: 'Bob' } },
        { method: 'PATCH', path: '/Users/5d8d29d3', version: 'W/"edac"', data: { Operations: [] } },
        { method: 'DELETE', path: '/Users/e9025315', version: 'W/"0ee8"' },
      ],
      { failOnErrors: 1 },
    )
    expect(request.failOnErrors).toBe(1)
    expect(request.entries).toMatchObject([
      { index: 0, operation: { method: 'POST', bulkId: 'qwerty', target: { resourceType: 'User' } } },
      { index: 1, operation: { method: 'PUT', target: { resourceType: 'User', id: 'b7c14771' }, version: 'W/"3"' } },
      { index: 2, operation: { method: 'PATCH', target: { id: '5d8d29d3' } } },
      { index: 3, operation: { method: 'DELETE', target: { id: 'e9025315' } } },
    ])
  })

  test.each<[string, unknown, string]>([
    ['no body', undefined, '400 invalidSyntax'],
    ['no schemas', { Operations: [] }, '400 invalidSyntax'],
    ['another schema', { schemas: ['urn:x'], Operations: [] }, '400 invalidSyntax'],
    ['no operations', { schemas: [BULK_REQUEST_SCHEMA] }, '400 invalidSyntax'],
    ['failOnErrors 0', { schemas: [BULK_REQUEST_SCHEMA], Operations: [], failOnErrors: 0 }, '400 invalidValue'],
    ['failOnErrors as text', { schemas: [BULK_REQUEST_SCHEMA], Operations: [], failOnErrors: '1' }, '400 invalidValue'],
    ['1,001 operations (§3.7.4)', { schemas: [BULK_REQUEST_SCHEMA], Operations: Array(1_001).fill(user('a')) }, '413'],
    ['none at all', { schemas: [BULK_REQUEST_SCHEMA], Operations: [], failOnErrors: null }, 'accepted'],
  ])('%s → %s', (_name, body, expected) => {
    expect(refusalOf(() => parseBulk(body))).toBe(expected)
  })

  test.each<[string, unknown, string]>([
    ['no object', 'POST', 'invalidSyntax'],
    ['GET', { method: 'GET', path: '/Users/1' }, 'invalidSyntax'],
    ['no method', { path: '/Users' }, 'invalidSyntax'],
    ['no path', { method: 'POST', bulkId: 'a', data: {} }, 'invalidPath'],
    ['another endpoint', { method: 'POST', path: '/Roles', bulkId: 'a', data: {} }, 'invalidPath'],
    ['Bulk in Bulk', { method: 'POST', path: '/Bulk', bulkId: 'a', data: {} }, 'invalidPath'],
    ['a whole address', { method: 'DELETE', path: 'https://x.example/Users/1' }, 'invalidPath'],
    ['a way out', { method: 'DELETE', path: '/Users/../Groups/1' }, 'invalidPath'],
    ['POST to an id', { method: 'POST', path: '/Users/1', bulkId: 'a', data: {} }, 'invalidPath'],
    ['DELETE of everybody', { method: 'DELETE', path: '/Users' }, 'invalidPath'],
    ['POST without a bulkId (§3.7.2)', { method: 'POST', path: '/Users', data: {} }, 'invalidSyntax'],
    ['a bulkId that is a number', { method: 'POST', path: '/Users', bulkId: 7, data: {} }, 'invalidValue'],
    ['no data', { method: 'PUT', path: '/Users/1' }, 'invalidSyntax'],
    ['data that is no object', { method: 'PUT', path: '/Users/1', data: [] }, 'invalidSyntax'],
  ])('an operation with %s fails alone', (_name, operation, scimType) => {
    const { entries } = bulk([operation, user('fine')])
    expect(entries[0]).toMatchObject({ index: 0, failure: { error: { status: 400, scimType } } })
    expect(entries[1]).toMatchObject({ index: 1, operation: { bulkId: 'fine' } })
  })

  test('a bulkId used twice fails the second', () => {
    expect(bulk([user('a'), user('a')]).entries[1]).toMatchObject({
      failure: { bulkId: 'a', error: { scimType: 'invalidValue' } },
    })
  })

  test('methods in any case', () => {
    expect(bulk([{ method: 'delete', path: '/Users/1' }]).entries[0]).toMatchObject({ operation: { method: 'DELETE' } })
  })
})

describe('RFC 7644 §3.7.2: order by bulkId references', () => {
  test.each<[string, unknown[], string[]]>([
    ['as sent', [user('a'), user('b'), { method: 'DELETE', path: '/Users/1' }], ['a', 'b', '/Users/1']],
    ['members before their group', [group('g', ['a', 'b']), user('a'), user('b')], ['a', 'b', 'g']],
    ['others keep their place', [user('x'), group('g', ['a']), user('y'), user('a')], ['x', 'a', 'g', 'y']],
    ['chains', [user('a', { manager: 'bulkId:b' }), user('b', { manager: 'bulkId:c' }), user('c')], ['c', 'b', 'a']],
    [
      'a reference in the path',
      [{ method: 'PATCH', path: '/Groups/bulkId:g', data: { Operations: [] } }, group('g', [])],
      ['g', '/Groups/bulkId:g'],
    ],
    [
      'a reference in a filter',
      [
        {
          method: 'PATCH',
          path: '/Groups/1',
          data: { Operations: [{ op: 'remove', path: 'members[value eq "bulkId:a"]' }] },
        },
        user('a'),
      ],
      ['a', '/Groups/1'],
    ],
    ['a reference to nothing', [group('g', ['nobody'])], ['g 409']],
    ['a reference to itself', [user('a', { manager: 'bulkId:a' })], ['a 409']],
    ['a circle (§3.7.1)', [user('a', { manager: 'bulkId:b' }), user('b', { manager: 'bulkId:a' })], ['b 409', 'a']],
    ['words are no reference', [user('a', { title: 'see bulkId:nobody' })], ['a']],
    ['what could not be read keeps its place', [user('a'), 'x', user('b')], ['a', 'undefined 400', 'b']],
  ])('%s', (_name, operations, expected) => {
    expect(shown(orderBulk(bulk(operations).entries))).toEqual(expected)
  })

  test('a chain of a thousand', () => {
    const operations = Array.from({ length: 1_000 }, (_, i) =>
      user(`u${i}`, i < 999 ? { manager: `bulkId:u${i + 1}` } : {}),
    )
    const order = shown(orderBulk(bulk(operations).entries))
    expect(order[0]).toBe('u999')
    expect(order[999]).toBe('u0')
  })

  test('nothing is lost or doubled', () => {
    const operations = [group('g', ['a', 'b']), user('b'), group('h', ['b']), user('a'), 'x']
    const indexes = orderBulk(bulk(operations).entries).map((each) => each.index)
    expect([...indexes].sort()).toEqual([0, 1, 2, 3, 4])
  })
})

describe('references', () => {
  const ids = new Map([
    ['a', 'id-1'],
    ['b', 'id-2'],
  ])

  test('are found once each', () => {
    const [entry] = bulk([group('g', ['a', 'b', 'a'])]).entries
    expect(entry && 'operation' in entry && referencesOf(entry.operation)).toEqual(['a', 'b'])
  })

  test.each<[string, unknown, unknown]>([
    [
      'in members',
      { members: [{ value: 'bulkId:a' }, { value: 'bulkId:b' }] },
      { members: [{ value: 'id-1' }, { value: 'id-2' }] },
    ],
    [
      'in a filter',
      'members[value eq "bulkId:a" or value eq "bulkId:b"]',
      'members[value eq "id-1" or value eq "id-2"]',
    ],
    ['nowhere', { a: [1, true, null, 'text'] }, { a: [1, true, null, 'text'] }],
    ['not in a sentence', 'see bulkId:a', 'see bulkId:a'],
  ])('are resolved %s', (_name, value, expected) => {
    const before = structuredClone(value)
    expect(resolveBulkIds(value, ids)).toEqual({ value: expected })
    expect(value).toEqual(before)
  })

  test('to something that failed: undefined', () => {
    expect(resolveBulkIds({ value: 'bulkId:c' }, ids)).toBeUndefined()
  })
})

test('RFC 7644 §3.7.3: the answer', () => {
  expect(bulkResponse([{ method: 'DELETE', status: '204' }])).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
    Operations: [{ method: 'DELETE', status: '204' }],
  })
})
