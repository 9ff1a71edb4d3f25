import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { buildApp, isBuilt, nextBin } from './build-app.mjs'
import { clearLeftover, createChildren } from './children.mjs'
import { lockProblems } from './lockfile.mjs'
import { freePort, isFree } from './ports.mjs'
import { signalGroup } from './processes.mjs'
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
import { clearOldRuns } from './test-folders.mjs'
import { testLimits } from './test-limits.mjs'
import { createSteps } from './test-steps.mjs'

const dist = '.next-test'
const bin = (...path) => at('node_modules', ...path)
const longestStepMs = 8 * 60 * 1000

/** Runs the chosen parts, prints a table, and returns `{ passed, failed }`. Stops all it started. */
export async function runTests({ only, filters }) {
  const pidFile = at('.data', 'test', 'run.pid')
  const left = await clearLeftover(pidFile)
  if (left?.live) throw new Error(`npm test already runs in this folder (process ${left.live}).`)
  await clearOldRuns()
  const folder = at('.data', 'test', `run-${process.pid}`)
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const run = { folder, filters, children: createChildren(pidFile), steps: createSteps(), database: null }
  run.children.note()
  onSignals(run)
  try {
    if (only.includes('check')) await checks(run)
    for (const name of ['unit', 'db']) if (only.includes(name)) await vitest(run, name)
    if (only.includes('e2e')) await endToEnd(run)
  } finally {
    await stop(run)
  }
  return run.steps.finish()
}

async function checks(run) {
  await run.steps.check('lock file', async () => {
    const problems = lockProblems(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')))
    if (problems.length) throw new Error(problems.join('\n'))
  })
  const node = (name, ...args) => run.steps.check(name, () => command(run, name, args))
  await node('format and lint', bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.')
  await run.steps.check('types', async () => {
    await command(run, 'typegen', [nextBin, 'typegen'], { ...process.env, ROLLCALL_DIST: dist })
    await command(run, 'types', [bin('typescript', 'bin', 'tsc'), '--noEmit'])
  })
  await node('unused code', bin('knip', 'bin', 'knip.js'))
}

/** Runs `node …args`, output to a log; throws with its end when it fails. */
async function command(run, name, args, env = process.env) {
  const log = join(run.folder, 'logs', `${name.replaceAll(' ', '-')}.log`)
  const child = run.children.start(name, args, { env, log })
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), longestStepMs)
  const { code, signal } = await child.ended
  clearTimeout(timer)
  await run.children.stop(child)
  if (code !== 0) throw new Error(`ended with ${signal ?? `exit code ${code}`}${tail(log, 150)}`)
}

/** One vitest project: its tests are counted one by one. */
async function vitest(run, project, env = process.env) {
  const report = join(run.folder, `${project}.json`)
  const args = [bin('vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json']
  await run.steps.count(project, report, () =>
    command(run, project, [...args, `--outputFile=${report}`, ...run.filters], env),
  )
}

async function endToEnd(run) {
  const { steps } = run
  const browser = await steps.check('browser', () => findBrowser(console.log))
  const stack = await steps.check('database', () => prepare(run))
  const built = stack && (await steps.check('production build', () => build(run, stack)))
  const started = built && (await steps.check('start', () => start(run, stack)))
  if (!started || browser === undefined) return steps.fail('e2e', 'not run, since a step before it failed')
  const env = {
    ...process.env,
    E2E_APP: stack.urls.appUrl,
    E2E_OKTA: stack.urls.oktaUrl,
    E2E_DEMO_JSON: join(run.folder, 'demo.json'),
    E2E_BROWSER: browser,
    E2E_LOGS: join(run.folder, 'logs'),
    E2E_DIST: dist,
    DATABASE_URL: stack.database.appUrl,
    DATABASE_OWNER_URL: stack.database.ownerUrl,
    ROLLCALL_KEYS: stack.env.ROLLCALL_KEYS,
    ROLLCALL_URL: stack.urls.appUrl,
    ROLLCALL_ISSUER_ALLOW: stack.env.ROLLCALL_ISSUER_ALLOW,
  }
  await vitest(run, 'e2e', env)
  await steps.check('stops within 3 s', () => stopsInTime(run))
}

async function prepare(run) {
  const port = await freePort()
  const oktaPort = await freePair(port)
  const urls = addresses(port, oktaPort)
  run.database = await openDatabase({ dir: join(run.folder, 'postgres'), durable: false })
  const keys = readKeys(join(run.folder, 'keys.json'))
  const env = { ...appEnv({ database: run.database, urls, keys, port, demo: false }), LOG_LEVEL: 'warn', ...testLimits }
  const made = await migrateAndSeed({ database: run.database, urls, env, dataDir: run.folder })
  writePrivate(join(run.folder, 'okta-config.json'), made.okta)
  writePrivate(join(run.folder, 'demo.json'), made.demo)
  return { port, oktaPort, urls, env, database: run.database }
}

async function freePair(taken) {
  for (let tries = 0; tries < 50; tries++) {
    const port = await freePort()
    if (port < 65_535 && port !== taken && port + 1 !== taken && (await isFree(port + 1))) return port
  }
  throw new Error('No two free ports in a row were found.')
}

async function build(run, { env }) {
  if (!isBuilt(dist, false)) {
    await buildApp({ dist, env, run: (args, buildEnv) => command(run, 'build', args, buildEnv).then(() => 0) })
  }
  return true
}

async function start({ children, folder }, { port, oktaPort, env }) {
  const log = (name) => join(folder, 'logs', `${name}.log`)
  await startOkta(children, { oktaPort, dataDir: folder, env, log: log('okta') })
  await startApp(children, { dist, dev: false, port, env, log: log('app') })
  return true
}

async function stopsInTime({ children }) {
  const began = Date.now()
  await Promise.all(children.running.map((child) => children.stop(child, 3000)))
  if (Date.now() - began > 3000) throw new Error('The app or the stand-in had to be killed.')
}

async function stop({ children, database, folder, steps }) {
  await children.stopAll(3000)
  await database?.stop()
  // A test runner that was ended could not take its own database down.
  await clearOldRuns()
  // The logs of a run that failed are worth reading.
  for (const name of steps.failed() ? ['postgres'] : ['.']) rmSync(join(folder, name), { recursive: true, force: true })
}

function onSignals(run) {
  let asked = false
  const end = async () => {
    if (asked) run.children.killAll()
    else {
      asked = true
      await stop(run)
    }
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
}
