import 'server-only'
import { bare } from './functions'
import { rowOf, type Stored } from './json-row'
import type { groups } from './schema'
import type { Role } from './types'

/** A group, the role an admin gave it, and who was found of those asked for. */
export type FoundGroup = {
  row: typeof groups.$inferSelect
  mapping: Role | null
  people: { value: string; display: string }[]
}

/** A group of an org by its id, and a few people by theirs, in one round trip; null when there is no such group. */
export async function findGroupBy(orgId: string, id: string, people: readonly string[]): Promise<FoundGroup | null> {
  const [row] = await bare(
    orgId,
    (db) => db<{ found: Omit<FoundGroup, 'row'> & { row: Stored } }[]>`
      select found from find_group(${orgId}::uuid, ${id}::uuid, ${`{${people.join(',')}}`}::text::uuid[])`,
  )
  return row ? { ...row.found, row: rowOf<FoundGroup['row']>(row.found.row) } : null
}
