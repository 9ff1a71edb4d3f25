import 'server-only'
import { bare } from './functions'
import { rowOf, type Stored } from './json-row'
import type { users } from './schema'

/** People of a page, each with every group in the order of ids, and how many there are in all. */
export type PeopleListed = {
  total: number
  people: { row: typeof users.$inferSelect; groups: { value: string; display: string }[] }[]
}

/** `count` people of an org past the first `before`, in the order they were created, in one round trip. */
export async function listPeople(orgId: string, before: number, count: number): Promise<PeopleListed> {
  type Row = { total: string; people: (Omit<PeopleListed['people'][number], 'row'> & { row: Stored })[] }
  const [listed] = await bare(
    orgId,
    (db) => db<Row[]>`select total, people from list_people(${orgId}::uuid, ${before}::bigint, ${count}::int)`,
  )
  const people = (listed?.people ?? []).map(({ row, groups }) => ({
    row: rowOf<typeof users.$inferSelect>(row),
    groups,
  }))
  return { total: Number(listed?.total ?? 0), people }
}
