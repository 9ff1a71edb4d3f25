import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from 'nuqs/server'

const parsers = {
  /** The group whose role is being chosen, and the role looked at. */
  group: parseAsString,
  role: parseAsStringLiteral(['none', 'member', 'manager', 'admin']),
  /** Words to find a group by. */
  find: parseAsString.withDefault(''),
  /** Words to find a person by: why do they have their role? */
  who: parseAsString.withDefault(''),
  /** The entitlement being edited. */
  edit: parseAsString,
}

/** What the address of the page of roles says; anything unknown in it counts as not said. */
export const loadRolesSearch = createLoader(parsers)

export type RolesSearch = Awaited<ReturnType<typeof loadRolesSearch>>

const serialize = createSerializer(parsers)

export const rolesHref = (org: string, search: Partial<RolesSearch> = {}): string =>
  serialize(`/orgs/${org}/admin/settings/roles`, search)
