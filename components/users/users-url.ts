import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from 'nuqs/server'

const parsers = {
  tab: parseAsStringLiteral(['active', 'inactive', 'all']).withDefault('active'),
  q: parseAsString.withDefault(''),
  role: parseAsStringLiteral(['owner', 'admin', 'manager', 'member']),
  source: parseAsStringLiteral(['okta', 'jit', 'local']),
  group: parseAsString,
  sort: parseAsStringLiteral(['name', 'signin', 'updated', 'created']).withDefault('name'),
  order: parseAsStringLiteral(['asc', 'desc']),
  after: parseAsString,
  before: parseAsString,
}

/** What the address of the list says; anything unknown in it counts as not said. */
export const loadUsersSearch = createLoader(parsers)

export type UsersSearch = Awaited<ReturnType<typeof loadUsersSearch>>
export type Sort = UsersSearch['sort']

const serialize = createSerializer(parsers)

/** The address of the list; what is the default is left out. Where one was on the way through it is, too. */
export const usersHref = (org: string, search: Partial<UsersSearch>): string =>
  serialize(`/orgs/${org}/admin/users`, { ...search, after: null, before: null })

/** The address of a page of it. */
export const usersPageHref = (org: string, search: UsersSearch, at: { after: string } | { before: string }): string =>
  serialize(`/orgs/${org}/admin/users`, { ...search, after: null, before: null, ...at })

/** The same people as a file. */
export const exportHref = (org: string, search: Partial<UsersSearch>): string =>
  serialize(`/api/orgs/${org}/users/export.csv`, { ...search, sort: null, order: null, after: null, before: null })

const usual = (sort: Sort): 'asc' | 'desc' => (sort === 'name' ? 'asc' : 'desc')

/** How a column is sorted now, and the address that sorts by it: the other way round when it is sorted already. */
export function sortOf(org: string, search: UsersSearch, sort: Sort) {
  const isNow = search.sort === sort
  const order = isNow ? (search.order ?? usual(sort)) : undefined
  const next = order === undefined ? usual(sort) : order === 'asc' ? 'desc' : 'asc'
  const href = usersHref(org, { ...search, sort, order: next === usual(sort) ? null : next })
  const now = order && (order === 'asc' ? ('ascending' as const) : ('descending' as const))
  return { href, ...(now ? { now } : {}) }
}
