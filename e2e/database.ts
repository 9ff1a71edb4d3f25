import postgres, { type Row, type TransactionSql } from 'postgres'
import { afterAll } from 'vitest'
import { setting } from './fixtures'

/** The database as the app's role sees it, for assertions. Call once at the top of a file. */
export function withDatabase() {
  const db = connect(setting('DATABASE_URL'))
  afterAll(db.end)
  return db
}

/** `inOrg` runs under row-level security, as all of the app does. */
export function connect(url: string) {
  const sql = postgres(url, { max: 2, onnotice: () => undefined })
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
  return { orgId, inOrg, end: () => sql.end({ timeout: 2 }) }
}

export type Database = ReturnType<typeof connect>

/** Everything a company holds about its people, as text that differs when a byte does; but when its tokens were used. */
export async function peopleOf(db: Database, slug: string): Promise<string[]> {
  const tables = ['users', 'sessions', 'idp_links', 'tasks', 'user_history', 'groups', 'group_members', 'scim_tokens']
  const out: string[] = []
  for (const table of tables) {
    const rows = await db.inOrg(
      slug,
      (tx) => tx`
      select (to_jsonb(t) - 'last_used_at' - 'last_used_from')::text as line from ${tx(table)} t order by 1`,
    )
    out.push(...rows.map((row) => `${table} ${String(row.line)}`))
  }
  return out
}
