import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import postgres from 'postgres'
import { type EmbeddedPostgres, removePostgres, startPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { at } from './root.mjs'
import { clearOldRuns } from './test-folders.mjs'
import { testLimits } from './test-limits.mjs'
import { testWorkers, worldsVariable } from './test-workers.mjs'

/**
 * Gives each worker of the integration tests a database of its own: new, empty, migrated, in a built-in Postgres, gone
 * after the run. A database named by the environment is never touched.
 */
export default async function setup() {
  await clearOldRuns()
  const dir = at('.data', 'test', `db-${process.pid}`, 'postgres')
  mkdirSync(dirname(dir), { recursive: true })
  const server = await startPostgres({ dir, durable: false })
  await migrate({ ownerUrl: server.ownerUrl, appUrl: server.appUrl })
  Object.assign(process.env, {
    [worldsVariable]: JSON.stringify(await copies(server)),
    ROLLCALL_URL: 'http://localhost:3000',
    ROLLCALL_KEYS: `v1:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'silent',
    ...testLimits,
  })
  return async () => {
    await server.stop()
    await removePostgres(dir)
    rmSync(dirname(dir), { recursive: true, force: true })
  }
}

/** The migrated database once more for each worker; what the workers' environments say about it. */
async function copies(server: EmbeddedPostgres) {
  const admin = postgres(server.superUrl, { max: 1 })
  const worlds = []
  for (let worker = 1; worker <= testWorkers; worker++) {
    const name = `rollcall_${worker}`
    await admin`create database ${admin(name)} template rollcall owner rollcall_owner`
    const [app, owner] = [server.appUrl, server.ownerUrl].map((url) => url.replace(/[^/]*$/, name))
    worlds.push({ DATABASE_URL: app, DATABASE_DIRECT_URL: app, DATABASE_OWNER_URL: owner })
  }
  await admin.end()
  return worlds
}
