import postgres from 'postgres'
import { endWithConnection } from './lost-connection'

/** A connection of the role that owns the tables, for daily work. Row-level security is forced on it, too. */
export const ownerConnection = (ownerUrl: string): postgres.Sql =>
  endWithConnection(
    postgres(ownerUrl, { max: 1, onnotice: () => undefined, connection: { application_name: 'rollcall maintain' } }),
  )

/** Runs `fn` in one transaction that sees one org, as withOrg does for the app. */
export function inOrg<T>(sql: postgres.Sql, orgId: string, fn: (tx: postgres.TransactionSql) => Promise<T>) {
  return sql.begin(async (tx) => {
    // Its own message, like withOrg (DISTRIBUTED §3); the id comes from a uuid column.
    await tx.unsafe(`set local app.org_id = '${orgId}'`)
    return fn(tx)
  })
}

/** Every org there is; their slugs are the one thing all may read. */
export async function listOrgIds(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ org_id: string }[]>`select distinct org_id from org_slugs order by org_id`
  return rows.map((row) => row.org_id)
}
