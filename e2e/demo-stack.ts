import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { removePostgres, startPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { seed } from '@/db/seed'
import { forgetProcess, shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { createChildren } from '../scripts/lib/children.mjs'
import { freePort, isFree } from '../scripts/lib/ports.mjs'
import { addresses, appEnv, startApp, startOkta, writePrivate } from '../scripts/lib/stack.mjs'
import { testLimits } from '../scripts/lib/test-limits.mjs'
import { newFolder, setting } from './fixtures'

/** A demo of a test's own, cold: database, stand-in and app of the demo build, as `npm run demo` starts them. */
export async function startDemoStack() {
  const folder = newFolder('demo-')
  const dir = join(folder, 'postgres')
  mkdirSync(dir)
  const postgres = await startPostgres({ dir, durable: false })
  const { port, oktaPort } = await ports()
  const urls = addresses(port, oktaPort)
  const keys = `v1:${randomBytes(32).toString('base64')}`
  const demoJson = join(folder, 'demo.json')
  const settings = appEnv({ database: postgres, urls, keys, port, demo: true })
  const env = { ...settings, ...testLimits, ROLLCALL_DEMO_JSON: demoJson, LOG_LEVEL: 'warn' }
  forgetProcess()
  setEnvironment({ ...env, DATABASE_OWNER_URL: postgres.ownerUrl, LOG_LEVEL: 'silent' })
  await migrate({ ownerUrl: postgres.ownerUrl, appUrl: postgres.appUrl })
  const made = await seed({ ...urls, dataDir: folder })
  await shutdown()
  writePrivate(join(folder, 'okta-config.json'), made.okta)
  writePrivate(demoJson, made.demo)

  const children = createChildren(join(folder, 'run.pid'))
  const log = (name: string) => join(setting('E2E_LOGS'), `${name}.log`)
  const okta = () => startOkta(children, { oktaPort, dataDir: folder, env, log: log('demo-okta') })
  let standIn = await okta()
  await startApp(children, { dist: setting('E2E_DEMO_DIST'), dev: false, port, env, log: log('demo-app') })
  return {
    app: urls.appUrl,
    orgs: made.demo.orgs,
    /** The stand-in is gone from one moment to the next. */
    killOkta: async () => {
      process.kill(standIn.pid, 'SIGKILL')
      await children.stop(standIn)
    },
    startOkta: async () => {
      standIn = await okta()
    },
    stop: async () => {
      await children.stopAll(3000)
      await postgres.stop()
      await removePostgres(dir)
    },
  }
}

async function ports(): Promise<{ port: number; oktaPort: number }> {
  for (;;) {
    const [port, oktaPort] = [await freePort(), await freePort()]
    const apart = port !== oktaPort && port !== oktaPort + 1
    if (apart && oktaPort < 65_535 && (await isFree(oktaPort + 1))) return { port, oktaPort }
  }
}
