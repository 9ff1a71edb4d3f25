import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from 'nuqs/server'

const listParsers = {
  tab: parseAsStringLiteral(['all', 'mapped']).withDefault('all'),
  q: parseAsString.withDefault(''),
  after: parseAsString,
  before: parseAsString,
}
const groupParsers = {
  /** The role whose consequences are shown. */
  role: parseAsStringLiteral(['none', 'member', 'manager', 'admin']),
  q: parseAsString.withDefault(''),
  after: parseAsString,
  before: parseAsString,
  /** The event the timeline goes on after. */
  older: parseAsString,
}

/** What the address of the list says; anything unknown in it counts as not said. */
export const loadGroupsSearch = createLoader(listParsers)
/** The same for the page of one group. */
export const loadGroupSearch = createLoader(groupParsers)

export type GroupsSearch = Awaited<ReturnType<typeof loadGroupsSearch>>
export type GroupSearch = Awaited<ReturnType<typeof loadGroupSearch>>
export type WantedRole = NonNullable<GroupSearch['role']>

const toList = createSerializer(listParsers)
const toGroup = createSerializer(groupParsers)

/** The address of the list, on its first page. */
export const groupsHref = (org: string, search: Partial<GroupsSearch> = {}): string =>
  toList(`/orgs/${org}/admin/groups`, { ...search, after: null, before: null })

/** The address of a page of it. */
export const groupsPageHref = (org: string, search: GroupsSearch, at: { after: string } | { before: string }): string =>
  toList(`/orgs/${org}/admin/groups`, { ...search, after: null, before: null, ...at })

/** The address of a group, with a page of its people, of its timeline, or a preview. */
export const groupHref = (org: string, id: string, search: Partial<GroupSearch> = {}): string =>
  toGroup(`/orgs/${org}/admin/groups/${id}`, search)
