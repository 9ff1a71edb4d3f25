import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, isBuilt } from './build-app.mjs'
import { load } from './bundle.mjs'
import { printDemo } from './demo-print.mjs'
import { requireFree } from './ports.mjs'
import { sleep } from './processes.mjs'
import { at } from './root.mjs'
import {
  addresses,
  appEnv,
  migrateAndSeed,
  openDatabase,
  readKeys,
  startApp,
  startOkta,
  tail,
  writePrivate,
} from './stack.mjs'

const OKTA = 'Okta stand-in'
const OKTA_AWAY_MS = 3000
const dayMs = 24 * 60 * 60 * 1000

/** The demo's parts in order: database, seed, build, stand-in, app. `stop` ends them the other way round. */
export function createDemo({ options, children, dataDir, say }) {
  const { port, oktaPort, dev, fresh, host } = options
  const reset = options['reset-only']
  const logs = join(dataDir, 'logs')
  const log = (name) => join(logs, `${name}.log`)
  const postgresDir = join(dataDir, 'postgres')
  const dist = dev ? '.next-dev' : '.next-demo'
  const urls = addresses(port, oktaPort, host ?? undefined)
  // Anybody can be anybody in a demo: whoever comes from elsewhere shows what this start printed.
  const key = host ? randomBytes(18).toString('base64url') : null
  let opening
  let stopping = false
  // Signals may arrive at any moment: after one, no further step begins.
  const step = async (text, work) => {
    if (stopping) return new Promise(() => {})
    const began = Date.now()
    const result = await work()
    if (text) say(`  ${text.padEnd(34)}${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`)
    return result
  }

  async function start() {
    mkdirSync(logs, { recursive: true })
    if (!reset) await requirePorts()
    if (fresh || reset) await step('', forget)
    const database = await step('Postgres', () => {
      opening = openDatabase({ dir: postgresDir, given: process.env })
      return opening
    })
    const keys = readKeys(join(dataDir, 'keys.json'))
    const settings = appEnv({ database, urls, keys, port, demo: true, host, key })
    const env = { ...settings, ROLLCALL_DEMO_JSON: join(dataDir, 'demo.json') }
    const made = await step('Schema and seed', () => migrateAndSeed({ database, urls, env, dataDir }))
    writeFiles(made, env, database)
    if (reset) return
    if (!dev && !isBuilt(dist, true)) {
      say('  Building the app, this takes about a minute …')
      await step('Build', () => build(env))
    }
    await step('Okta stand-in', () => startOkta(children, { oktaPort, dataDir, env, log: log('okta'), host }))
    const app = await step('App', () =>
      startApp(children, { dist, dev, port, env, log: dev ? undefined : log('app'), host }),
    )
    await step('', () => ready(app, made, env, database))
  }

  function ready(app, made, env, database) {
    writePrivate(join(dataDir, 'demo.json'), key ? { ...made.demo, key } : made.demo)
    printDemo(made.demo, { dev, say, key })
    maintain(env, database)
    for (const child of children.running) watch(child, env)
    return app
  }

  const requirePorts = () =>
    requireFree([
      { port, what: 'the app', flag: 'npm run demo -- --port 3001' },
      { port: oktaPort, what: 'the Okta stand-in', flag: 'npm run demo -- --okta-port 4020' },
      { port: oktaPort + 1, what: 'the Okta stand-in’s second company', flag: 'npm run demo -- --okta-port 4020' },
    ])

  async function forget() {
    if (process.env.DATABASE_URL)
      throw new Error(
        'DATABASE_URL is set: a database of yours is not emptied here. Drop it and make it again by hand.',
      )
    for (const name of ['okta.json', 'okta-config.json']) rmSync(join(dataDir, name), { force: true })
    const { removePostgres } = await load('db/embedded.ts')
    await removePostgres(postgresDir)
  }

  function writeFiles(made, env, database) {
    writePrivate(join(dataDir, 'okta-config.json'), made.okta)
    const { DATABASE_URL, ROLLCALL_URL, ROLLCALL_KEYS, ROLLCALL_DEMO, ROLLCALL_ISSUER_ALLOW, ROLLCALL_OKTA_CONSOLE } =
      env
    const demo = { ROLLCALL_DEMO, ROLLCALL_ISSUER_ALLOW, ROLLCALL_OKTA_CONSOLE }
    const app = { DATABASE_URL, ROLLCALL_URL, ROLLCALL_KEYS, ...demo }
    // For org:create, recover, maintain and demo:companies, run beside this demo.
    writePrivate(join(dataDir, 'env.json'), { env: { ...app, DATABASE_OWNER_URL: database.ownerUrl } })
  }

  async function build(env) {
    const file = log('build')
    const run = async (args, buildEnv) => {
      const child = children.start('build', args, { env: buildEnv, log: file })
      const { code } = await child.ended
      await children.stop(child)
      return code ?? 1
    }
    try {
      await buildApp({ dist, env, run })
    } catch (error) {
      throw new Error(`${error.message}${tail(file, 40)}`)
    }
  }

  function maintain(env, database) {
    if (!existsSync(at('scripts', 'maintain.ts'))) return
    const owner = { ...env, DATABASE_OWNER_URL: database.ownerUrl }
    const run = () => {
      const child = children.start('maintain', [at('scripts', 'run.mjs'), 'scripts/maintain.ts'], {
        env: owner,
        log: log('maintain'),
      })
      child.ended.then(() => children.stop(child))
    }
    setInterval(run, dayMs).unref()
  }

  async function lost(child, env) {
    if (stopping) return
    if (child.name === OKTA) return comeBack(child, env)
    say(`\nThe ${child.name} ended by itself; stopping.${tail(child.log)}`)
    await stop()
    process.exit(1)
  }

  const watch = (child, env) => child.ended.then(() => child.stopping || lost(child, env))

  /** A real Okta has outages too: the app goes on without it, and the walkthrough says so until it is back. */
  async function comeBack(child, env) {
    say(`\nThe ${OKTA} ended by itself; starting it again.${tail(child.log)}`)
    await children.stop(child)
    await sleep(OKTA_AWAY_MS)
    if (stopping) return
    try {
      watch(await startOkta(children, { oktaPort, dataDir, env, log: log('okta'), host }), env)
      say(`The ${OKTA} is back.`)
    } catch (error) {
      say(error.message)
      await stop()
      process.exit(1)
    }
  }

  async function stop() {
    stopping = true
    await children.stopAll()
    const database = await opening?.catch(() => null)
    await database?.stop()
    rmSync(join(dataDir, 'env.json'), { force: true })
  }

  return { start, stop }
}
