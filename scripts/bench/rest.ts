import { superuser } from './data'
import type { Stack } from './stack'

/** Rows of a table, changed since it was last tidied up, that are worth tidying up. */
const UNTIDY = 500

/** What a part left for vacuum is no cost of the one after it. */
export async function rest({ postgres }: Stack): Promise<void> {
  const sql = superuser(postgres.superUrl)
  const tables = await sql<{ name: string }[]>`
    select relid::regclass::text as name from pg_stat_user_tables
    where greatest(n_dead_tup, n_ins_since_vacuum, n_mod_since_analyze) > ${UNTIDY}`
  for (const { name } of tables) await sql.unsafe(`vacuum (analyze) ${name}`)
  await sql.end()
}
