import 'server-only'
import { bare } from './functions'
import type { users } from './schema'
import type { Role } from './types'

export type UserKey = { id: string } | { userNameKey: string } | { externalId: string }

/** A person with the sign-in identity and every group; `role` where an admin gave the group one. In the order of ids. */
export type FoundUser = {
  row: typeof users.$inferSelect
  sub: string | null
  groups: { value: string; display: string; role: Role | null }[]
}

type Stored = Record<string, string | null>

/** One person of an org in one round trip, or null. Deleted people are not found. */
export async function findUserBy(orgId: string, key: UserKey): Promise<FoundUser | null> {
  const id = 'id' in key ? key.id : null
  const name = 'userNameKey' in key ? key.userNameKey : null
  const external = 'externalId' in key ? key.externalId : null
  const [found] = await bare(
    orgId,
    (db) => db<{ person: Omit<FoundUser, 'row'> & { row: Stored } }[]>`
      select person from find_user(${orgId}::uuid, ${id}::uuid, ${name}::text, ${external}::text)`,
  )
  return found ? { ...found.person, row: rowOf(found.person.row) } : null
}

const MOMENTS = ['created_at', 'updated_at', 'last_sign_in_at', 'deleted_at']
const names = new Map<string, string>()

/** A row as JSON has it: names with underscores, moments as text. */
function rowOf(stored: Stored): FoundUser['row'] {
  const row: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(stored)) {
    row[nameOf(column)] = value !== null && MOMENTS.includes(column) ? new Date(value) : value
  }
  // The columns of `users`, each under its name in schema.ts; a test compares the two ways to read one.
  return row as FoundUser['row']
}

function nameOf(column: string): string {
  const known = names.get(column)
  if (known) return known
  const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  names.set(column, name)
  return name
}
