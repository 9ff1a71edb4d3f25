import postgres from 'postgres'

/** What autovacuum does within a minute: Postgres keeps plans, and those of a test's rows were made without them. */
export async function analyze(...tables: ('users' | 'group_members' | 'events')[]): Promise<void> {
  const owner = postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 1, onnotice: () => undefined })
  for (const table of tables) await owner`analyze ${owner(table)}`
  await owner.end()
}
