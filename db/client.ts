import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '@/lib/env'
import { once, onShutdown } from '@/lib/process'

/** The raw handle. Nothing outside db/ may import this file; use withOrg (tenant.ts). */
export function pool() {
  return once('db.pool', () => {
    const sql = postgres(env().DATABASE_URL, {
      max: env().DATABASE_POOL,
      connect_timeout: 3,
      // A database that comes back is found at once, not after a growing pause.
      backoff: () => 0.2,
      idle_timeout: 0,
      onnotice: () => undefined,
      connection: { application_name: 'rollcall' },
    })
    onShutdown(() => sql.end({ timeout: 2 }))
    return sql
  })
}

export function database() {
  return once('db.drizzle', () => drizzle(pool()))
}
