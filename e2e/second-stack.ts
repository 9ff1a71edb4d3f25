import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { removePostgres, startPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed'
import { createRecoveryLink, findRecoverable } from '@/lib/auth/recovery'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { forgetProcess, shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { createChildren } from '../scripts/lib/children.mjs'
import { freePort } from '../scripts/lib/ports.mjs'
import { addresses, appEnv, startApp } from '../scripts/lib/stack.mjs'
import { testLimits } from '../scripts/lib/test-limits.mjs'
import { newFolder, setting } from './fixtures'

export type SecondStack = Awaited<ReturnType<typeof startSecondStack>>

/**
 * A database and an app of a test's own, to be broken: the same build as the shared stack's, on other ports. `settings`
 * are added to its environment.
 */
export async function startSecondStack(settings: Record<string, string> = {}) {
  const folder = newFolder('second-')
  const dir = join(folder, 'postgres')
  mkdirSync(dir)
  let postgres = await startPostgres({ dir, durable: false })
  const port = await freePort()
  const urls = addresses(port, port + 1)
  const keys = `v1:${randomBytes(32).toString('base64')}`
  const env = { ...appEnv({ database: postgres, urls, keys, port, demo: false }), ...testLimits, ...settings }
  forgetProcess()
  setEnvironment({ ...env, DATABASE_OWNER_URL: postgres.ownerUrl, LOG_LEVEL: 'silent' })
  await migrate({ ownerUrl: postgres.ownerUrl, appUrl: postgres.appUrl })
  const made = await seed({ ...urls, dataDir: folder })
  const link = await ownerLink('porter')
  await shutdown()
  const children = createChildren(join(folder, 'run.pid'))
  const launch = async (port: number, name: string) => {
    const log = join(setting('E2E_LOGS'), `${basename(folder)}-${name}.log`)
    const settled = { ...env, PORT: String(port), LOG_LEVEL: 'error' }
    const child = await startApp(children, { dist: setting('E2E_DIST'), dev: false, port, env: settled, log })
    const kill = () => {
      process.kill(child.pid, 'SIGKILL')
      return child.ended
    }
    return { url: `http://localhost:${port}`, kill }
  }
  const first = await launch(port, 'second-app')
  const [porter] = made.demo.orgs
  if (!porter) throw new Error('The seed made no org')
  return {
    app: urls.appUrl,
    ownerUrl: postgres.ownerUrl,
    appRoleUrl: postgres.appUrl,
    porter,
    first,
    /** One more process of the app on the same database; `kill` ends one as kill -9 does. */
    startAnother: async () => launch(await freePort(), 'second-app-too'),
    /** The first one anew, on its port. */
    restart: async () => launch(port, 'second-app-again'),
    /** Opens Porter as its owner, once, without an Okta. */
    link,
    /** The database is gone from one moment to the next, as when its machine fails. */
    killDatabase: async () => {
      process.kill(postgres.pid, 'SIGKILL')
      await postgres.stop()
    },
    startDatabase: async () => {
      postgres = await startPostgres({ dir, durable: false, port: postgres.port })
    },
    stop: async () => {
      await children.stopAll(3000)
      await postgres.stop()
      await removePostgres(dir)
    },
  }
}

async function ownerLink(slug: string): Promise<string> {
  const org = await getOrgBySlug(slug)
  const owner = org && (await findRecoverable(org.orgId))
  if (!owner) throw new Error(`${slug} has no owner`)
  return createRecoveryLink(org.orgId, owner.id)
}
