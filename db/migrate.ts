import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const folder = join(process.cwd(), 'db')

/**
 * Brings the database at `ownerUrl` to the current schema: generated migrations, then row-level security, functions and
 * partitions, which are idempotent. Grants the app's role (the user of `appUrl`) what it needs and nothing more.
 */
export async function migrate({ ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    await runMigrations(drizzle(sql), { migrationsFolder: join(folder, 'migrations') })
    for (const name of ['security', 'partitions', 'roles', 'members', 'functions', 'reads', 'upkeep']) {
      await sql.unsafe(await readFile(join(folder, 'sql', `${name}.sql`), 'utf8'))
    }
    await sql`select make_event_partitions((now() - interval '1 month')::date, 15)`
    await grant(sql, decodeURIComponent(new URL(appUrl).username))
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** No grants on partitions: with one, the app's role could read every org's rows there (DISTRIBUTED §2). */
async function grant(sql: postgres.Sql, role: string): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`
  await sql`revoke all on all tables in schema public from ${sql(role)}`
  await sql`grant usage on schema public to ${sql(role)}`
  for (const { name } of tables) {
    const rights = APPEND_ONLY.has(name) ? 'select, insert' : 'select, insert, update, delete'
    await sql.unsafe(`grant ${rights} on ${name} to "${role.replaceAll('"', '""')}"`)
  }
  await sql`grant execute on all functions in schema public to ${sql(role)}`
  await setTimeouts(sql, role)
}

/** What is written once and never changed by the app. */
const APPEND_ONLY = new Set(['events', 'event_payloads', 'event_timings', 'user_history'])

async function setTimeouts(sql: postgres.Sql, role: string): Promise<void> {
  const settings = { statement_timeout: '10s', idle_in_transaction_session_timeout: '15s', lock_timeout: '3s' }
  for (const [name, value] of Object.entries(settings)) {
    // A managed database may keep ALTER ROLE for its administrator; the app works without, so this is no failure.
    await sql.unsafe(`alter role "${role.replaceAll('"', '""')}" set ${name} = '${value}'`).catch(() => undefined)
  }
}
