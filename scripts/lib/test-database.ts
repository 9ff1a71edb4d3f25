import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { removePostgres, startPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { at } from './root.mjs'
import { clearOldRuns } from './test-folders.mjs'
import { testLimits } from './test-limits.mjs'

/**
 * Gives the integration tests a database of their own: a new, empty, migrated one in a built-in Postgres, gone after
 * the run. A database named by the environment is never touched.
 */
export default async function setup() {
  await clearOldRuns()
  const dir = at('.data', 'test', `db-${process.pid}`, 'postgres')
  mkdirSync(dirname(dir), { recursive: true })
  const postgres = await startPostgres({ dir, durable: false })
  await migrate({ ownerUrl: postgres.ownerUrl, appUrl: postgres.appUrl })
  Object.assign(process.env, {
    DATABASE_URL: postgres.appUrl,
    DATABASE_DIRECT_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
    ROLLCALL_URL: 'http://localhost:3000',
    ROLLCALL_KEYS: `v1:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'silent',
    ...testLimits,
  })
  return async () => {
    await postgres.stop()
    await removePostgres(dir)
    rmSync(dirname(dir), { recursive: true, force: true })
  }
}
