import postgres, { type Row, type TransactionSql } from 'postgres'
import { afterAll } from 'vitest'
import { setting } from './fixtures'

/**
 * The database as the app's role sees it, for assertions: `inOrg` runs under row-level security like the app does.
 * Call once at the top of a file.
 */
export function withDatabase(url: string = setting('DATABASE_URL')) {
  const sql = postgres(url, { max: 2, onnotice: () => undefined })
  afterAll(() => sql.end({ timeout: 2 }))

  const orgId = async (slug: string): Promise<string> => {
    const [row] = await sql`select org_id from org_slugs where slug = ${slug}`
    if (!row) throw new Error(`No org ${slug}`)
    return String(row.org_id)
  }
  const inOrg = async (slug: string, query: (tx: TransactionSql) => Promise<Row[]>): Promise<Row[]> => {
    const id = await orgId(slug)
    return sql.begin(async (tx) => {
      await tx.unsafe(`set local app.org_id = '${id}'`)
      return [...(await query(tx))]
    })
  }
  return { sql, orgId, inOrg }
}

export type Database = ReturnType<typeof withDatabase>

/** Everything a company holds about its people, as text that differs when a byte does. */
export async function peopleOf(db: Database, slug: string): Promise<string[]> {
  const tables = ['users', 'sessions', 'idp_links', 'tasks', 'user_history', 'groups', 'group_members', 'scim_tokens']
  const out: string[] = []
  for (const table of tables) {
    const rows = await db.inOrg(slug, (tx) => tx`select ${tx(table)}::text as line from ${tx(table)} order by 1`)
    out.push(...rows.map((row) => `${table} ${String(row.line)}`))
  }
  return out
}
