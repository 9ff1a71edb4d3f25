import { pool } from './client'

/**
 * Refuses a database role that could see past row-level security. Throws an error that names the cause: superuser,
 * BYPASSRLS, or owner of a table with org_id.
 */
export async function assertSafeRole(): Promise<void> {
  const [row] = await pool()<{ name: string; super: boolean; bypass: boolean; owned: string | null }[]>`
    select r.rolname as name, r.rolsuper as super, r.rolbypassrls as bypass,
      (select string_agg(c.relname, ', ') from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and pg_has_role(current_user, c.relowner, 'usage')) as owned
    from pg_roles r where r.rolname = current_user`
  if (!row) throw new Error('Rollcall cannot start: the database does not know its own role')
  const cause = row.super
    ? 'is a superuser'
    : row.bypass
      ? 'has BYPASSRLS'
      : row.owned
        ? `owns tables (${row.owned})`
        : undefined
  if (cause) {
    throw new Error(
      `Rollcall refuses to start: the role "${row.name}" of DATABASE_URL ${cause}, so row-level security would not hold it. ` +
        'Use a role that owns nothing, without SUPERUSER and BYPASSRLS.',
    )
  }
}
