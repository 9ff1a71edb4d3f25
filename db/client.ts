import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '@/lib/env'
import { once, onShutdown } from '@/lib/process'
import { endWithConnection } from './lost-connection'

type Pool = { sql: postgres.Sql; db: ReturnType<typeof drizzle> }

/** Longer than the longest statement (10 s): what runs on other connections of a retired pool may finish. */
const FINISH_SECONDS = 12

const holder = () =>
  once('db.pool', () => {
    const held: { current: Pool | undefined } = { current: undefined }
    onShutdown(() => held.current?.sql.end({ timeout: 2 }))
    return held
  })

/** The raw handle. Nothing outside db/ may import this file; use withOrg (tenant.ts). */
export const pool = () => current().sql

export const database = () => current().db

function current(): Pool {
  const held = holder()
  held.current ??= open(held)
  return held.current
}

type ForTest = {
  note?: (statement: string, values: unknown[]) => void
  url?: string
  around?: (sql: postgres.Sql) => postgres.Sql
}

/** Tests only (db/test-statements.ts, db/test-blind.ts): a new pool that tells of, or sends others than, its statements. */
export function openForTest(how: ForTest): void {
  const held = holder()
  const before = held.current
  held.current = open(held, how)
  void before?.sql.end({ timeout: FINISH_SECONDS })
}

/**
 * A pool is left as soon as one of its connections closes. A connection of postgres.js that closes with something
 * still to write keeps it, and never gets through a start again: seen as CONNECT_TIMEOUT long after the database was
 * back.
 */
function open(held: { current: Pool | undefined }, { note, url, around }: ForTest = {}): Pool {
  const sql: postgres.Sql = postgres(url ?? env().DATABASE_URL, {
    max: env().DATABASE_POOL,
    prepare: env().DATABASE_PREPARED,
    connect_timeout: 3,
    // A database that comes back is found at once, not after a growing pause.
    backoff: () => 0.2,
    idle_timeout: 0,
    onnotice: () => undefined,
    ...(note ? { debug: (_: number, statement: string, values: unknown[]) => note(statement, values) } : {}),
    connection: { application_name: 'rollcall' },
    onclose: () => {
      if (held.current !== made) return
      held.current = undefined
      void sql.end({ timeout: FINISH_SECONDS }).catch(() => undefined)
    },
  })
  endWithConnection(sql)
  const made: Pool = { sql, db: drizzle(around ? around(sql) : sql) }
  return made
}
