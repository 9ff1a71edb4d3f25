import 'server-only'
import { bare } from './functions'
import { rowOf, type Stored } from './json-row'
import type { users } from './schema'
import type { Role } from './types'

export type UserKey = { id: string } | { userNameKey: string } | { externalId: string }

/** A person with the sign-in identity and every group; `role` where an admin gave the group one. In the order of ids. */
export type FoundUser = {
  row: typeof users.$inferSelect
  sub: string | null
  groups: { value: string; display: string; role: Role | null }[]
}

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
  return found ? { ...found.person, row: rowOf<FoundUser['row']>(found.person.row) } : null
}
