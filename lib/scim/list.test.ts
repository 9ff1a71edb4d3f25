import { describe, expect, test } from 'vitest'
import { printFilter } from './filter-print'
import { detailOf, refusalOf } from './fixtures'
import { type ListQuery, listResponse, MAX_RESULTS, parseListQuery, parseSearchRequest, SEARCH_SCHEMA } from './list'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'

const get = (query: string) => parseListQuery(new URLSearchParams(query), 'User')
const search = (body: unknown) => parseSearchRequest(body, 'User')
const defaults = { startIndex: 1, count: 100, sortOrder: 'ascending' }

describe('RFC 7644 §3.4.2.4: paging', () => {
  test.each<[string, string, Partial<ListQuery>]>([
    ['nothing said', '', {}],
    ['Okta’s page', 'startIndex=101&count=100', { startIndex: 101 }],
    ['startIndex 0 is 1', 'startIndex=0', {}],
    ['a negative startIndex is 1', 'startIndex=-5', {}],
    ['count 0 asks for the total only', 'count=0', { count: 0 }],
    ['a negative count is 0', 'count=-1', { count: 0 }],
    ['a count above the cap is the cap', 'count=5000', { count: MAX_RESULTS }],
    ['past every end', 'startIndex=99999999999999', { startIndex: 2_147_483_647 }],
    ['blanks and a plus', 'startIndex=%202&count=%2B3', { startIndex: 2, count: 3 }],
    ['empty values', 'startIndex=&count=&filter=&sortBy=&sortOrder=', {}],
    ['parameters of others', 'foo=bar&limit=7', {}],
  ])('%s', (_name, query, expected) => {
    expect(get(query)).toEqual({ ...defaults, ...expected })
  })

  test.each([
    ['startIndex=one', '400 invalidValue'],
    ['count=1.5', '400 invalidValue'],
    ['count=1e2', '400 invalidValue'],
    ['count=NaN', '400 invalidValue'],
    ['count=0x10', '400 invalidValue'],
    ['count=1&count=2', '400 invalidValue'],
    ['filter=title+pr&filter=active+pr', '400 invalidValue'],
  ])('%s → %s', (query, expected) => {
    expect(refusalOf(() => get(query))).toBe(expected)
  })
})

describe('RFC 9865: cursor paging', () => {
  test.each<[string, string, Partial<ListQuery>]>([
    ['an empty cursor asks for the first page', 'cursor=&count=50', { cursor: '', count: 50 }],
    ['a cursor of ours', 'cursor=eyJhIjoxfQ', { cursor: 'eyJhIjoxfQ' }],
  ])('%s', (_name, query, expected) => {
    expect(get(query)).toEqual({ ...defaults, ...expected })
  })

  test.each([
    ['cursor=%00', '400 invalidCursor'],
    ['cursor=a%20b', '400 invalidCursor'],
    [`cursor=${'a'.repeat(1_025)}`, '400 invalidCursor'],
    ['cursor=&count=-1', '400 invalidCount'],
    ['cursor=&count=many', '400 invalidCount'],
  ])('%.30s → %s', (query, expected) => {
    expect(refusalOf(() => get(query))).toBe(expected)
  })
})

describe('RFC 7644 §3.4.2.2, §3.4.2.3: filter and sort', () => {
  test('a filter is parsed and typed', () => {
    const { filter } = get('filter=userName%20eq%20%22john%22')
    expect(filter && printFilter(filter)).toBe('userName eq "john"')
  })

  test.each<[string, string, string[]]>([
    ['an attribute', 'userName', ['userName']],
    ['in any case', 'NAME.FAMILYNAME', ['name', 'familyName']],
    ['by URN', `${ENTERPRISE_SCHEMA}:department`, [ENTERPRISE_SCHEMA, 'department']],
    ['a multi-valued attribute sorts by its value', 'emails', ['emails', 'value']],
    ['meta', 'meta.lastModified', ['meta', 'lastModified']],
  ])('sortBy %s', (_name, sortBy, keys) => {
    expect(get(`sortBy=${encodeURIComponent(sortBy)}`).sortBy?.keys).toEqual(keys)
  })

  test.each([
    ['sortOrder=descending', 'descending'],
    ['sortOrder=DESCENDING', 'descending'],
    ['sortOrder=ascending', 'ascending'],
    ['', 'ascending'],
  ])('%j sorts %s', (query, expected) => {
    expect(get(query).sortOrder).toBe(expected)
  })

  test.each([
    ['filter=userName', '400 invalidFilter'],
    ['sortBy=shoeSize', '400 invalidPath'],
    ['sortBy=name', '400 invalidPath'],
    ['sortBy=__proto__', '400 invalidPath'],
    ['sortOrder=random', '400 invalidValue'],
  ])('%s → %s', (query, expected) => {
    expect(refusalOf(() => get(query))).toBe(expected)
  })
})

describe('RFC 7644 §3.9: attributes', () => {
  test('are split at commas, blanks left out', () => {
    expect(get('attributes=userName,%20name.givenName,,').attributes).toEqual(['userName', 'name.givenName'])
    expect(get('excludedAttributes=groups').excludedAttributes).toEqual(['groups'])
    expect('attributes' in get('attributes=')).toBe(false)
  })

  test('exclude each other', () => {
    expect(refusalOf(() => get('attributes=a&excludedAttributes=b'))).toBe('400 invalidValue')
  })
})

describe('RFC 7644 §3.4.3: POST /.search', () => {
  test('the example of the RFC', () => {
    const query = search({
      schemas: [SEARCH_SCHEMA],
      attributes: ['displayName', 'userName'],
      filter: 'displayName sw "smith"',
      startIndex: 1,
      count: 10,
    })
    expect(query).toMatchObject({ startIndex: 1, count: 10, attributes: ['displayName', 'userName'] })
    expect(query.filter && printFilter(query.filter)).toBe('displayName sw "smith"')
  })

  test.each<[string, unknown, Partial<ListQuery>]>([
    ['an empty object', {}, {}],
    ['nulls', { filter: null, count: null, attributes: null }, {}],
    ['numbers', { startIndex: -1, count: 500 }, { startIndex: 1, count: 200 }],
    ['numbers as text', { startIndex: '2', count: '3' }, { startIndex: 2, count: 3 }],
    ['names as text', { excludedAttributes: 'groups,emails' }, { excludedAttributes: ['groups', 'emails'] }],
    ['sort', { sortBy: 'userName', sortOrder: 'descending' }, { sortOrder: 'descending' }],
    ['cursor', { cursor: '' }, { cursor: '' }],
  ])('%s', (_name, body, expected) => {
    expect(search(body)).toMatchObject({ ...defaults, ...expected })
  })

  test('takes a filter of 8,192 characters, where GET takes 2,048', () => {
    const filter = `title eq "${'x'.repeat(8_000)}"`
    expect(refusalOf(() => search({ filter }))).toBe('accepted')
    expect(refusalOf(() => get(`filter=${encodeURIComponent(filter)}`))).toBe('400 invalidFilter')
  })

  test.each<[string, unknown, string]>([
    ['no body', undefined, '400 invalidSyntax'],
    ['a list', [], '400 invalidSyntax'],
    ['another schema', { schemas: ['urn:x'] }, '400 invalidSyntax'],
    ['schemas as text', { schemas: SEARCH_SCHEMA }, '400 invalidSyntax'],
    ['a number as filter', { filter: 7 }, '400 invalidValue'],
    ['a fraction', { count: 1.5 }, '400 invalidValue'],
    ['a huge number', { count: 1e300 }, '400 invalidValue'],
    ['an object as count', { count: {} }, '400 invalidValue'],
    ['numbers as attributes', { attributes: [7] }, '400 invalidValue'],
    ['both lists', { attributes: ['a'], excludedAttributes: ['b'] }, '400 invalidValue'],
  ])('%s → %s', (_name, body, expected) => {
    expect(refusalOf(() => search(body))).toBe(expected)
  })
})

describe('listResponse', () => {
  test('numbers are numbers, itemsPerPage what is in the page', () => {
    expect(listResponse([{ id: 'a' }, { id: 'b' }], 7, 3)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 7,
      startIndex: 3,
      itemsPerPage: 2,
      Resources: [{ id: 'a' }, { id: 'b' }],
    })
  })

  test('an empty page has an empty list', () => {
    expect(listResponse([], 0, 1)).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] })
  })

  test('a next cursor is added', () => {
    expect(listResponse([], 9, 1, { nextCursor: 'x' })).toMatchObject({ nextCursor: 'x' })
  })
})

test('details do not repeat what the client sent at length', () => {
  expect(detailOf(() => get(`sortBy=${'x'.repeat(1_000)}`)).length).toBeLessThan(150)
})
