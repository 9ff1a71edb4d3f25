import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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
import { testWorkers, worldsVariable } from './test-workers.mjs'

const dist = '.next-test'
/** The walkthrough exists in demo builds only, and its test asks for one. */
const demoDist = '.next-test-demo'
const demoSpecs = ['e2e/pages/demo.spec.ts', 'e2e/screenshots/walkthrough.spec.ts']
const bin = (...path) => at('node_modules', ...path)
// Only a step that hangs takes so long, even on a machine that has other work.
const longestStepMs = 20 * 60 * 1000

/** Runs the chosen parts, prints a table, and returns `{ passed, failed }`. Stops all it started. */
export async function runTests({ only, filters }) {
  const pidFile = at('.data', 'test', 'run.pid')
  const left = await clearLeftover(pidFile)
  if (left?.live) throw new Error(`npm test already runs in this folder (process ${left.live}).`)
  await clearOldRuns()
  const folder = at('.data', 'test', `run-${process.pid}`)
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const run = { folder, filters, children: createChildren(pidFile), steps: createSteps(), databases: [] }
  run.children.note()
  onSignals(run)
  try {
    // A build leaves half a core idle, and so do most checks: they run beside each other.
    const typed = only.includes('check') ? types(run) : Promise.resolve()
    const [built] = await Promise.all([
      only.includes('e2e') ? buildAll(run, typed) : undefined,
      typed.then(async () => {
        if (only.includes('check')) await checks(run)
        if (only.includes('unit')) await vitest(run, 'unit')
      }),
    ])
    if (only.includes('db')) await vitest(run, 'db')
    if (only.includes('e2e')) await endToEnd(run, built)
  } finally {
    await stop(run)
  }
  return run.steps.finish()
}

/** Next writes down the addresses of all pages where a build puts them: none may run meanwhile. */
const types = (run) =>
  run.steps.check('types', async () => {
    await command(run, 'typegen', [nextBin, 'typegen'], { ...process.env, ROLLCALL_DIST: dist })
    await command(run, 'types', [bin('typescript', 'bin', 'tsc'), '--noEmit'])
  })

async function checks(run) {
  await run.steps.check('lock file', async () => {
    const problems = lockProblems(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')))
    if (problems.length) throw new Error(problems.join('\n'))
  })
  const node = (name, ...args) => run.steps.check(name, () => command(run, name, args))
  await node('format and lint', bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.')
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

/** What the browser tests look at, and with: the browser's path, or undefined after a failure. */
async function buildAll(run, typed) {
  const browser = await run.steps.check('browser', () => findBrowser(console.log))
  await typed
  const built = demoAlone(run) || (await run.steps.check('production build', () => build(run)))
  const demoBuilt = built && (!wantsDemo(run) || (await run.steps.check('demo build', () => build(run, true))))
  return demoBuilt ? browser : undefined
}

/** Each worker of the browser tests gets a stack of its own, all of one build: files may change a company's settings. */
async function endToEnd(run, browser) {
  const { steps } = run
  const stacks = browser !== undefined && (await steps.check('databases', () => prepareAll(run)))
  const started = stacks && (demoAlone(run) || (await steps.check('start', () => startAll(run, stacks))))
  if (!started) return steps.fail('e2e', 'not run, since a step before it failed')
  const worlds = stacks.map((stack) => worldOf(stack, browser))
  await vitest(run, 'e2e', { ...process.env, [worldsVariable]: JSON.stringify(worlds) })
  await steps.check('stops within 3 s', () => stopsInTime(run))
}

/** What a test file knows of its stack: `setting(…)` of e2e/fixtures.ts reads it. */
const worldOf = (stack, browser) => ({
  E2E_APP: stack.urls.appUrl,
  E2E_OKTA: stack.urls.oktaUrl,
  E2E_DEMO_JSON: join(stack.folder, 'demo.json'),
  E2E_BROWSER: browser,
  E2E_LOGS: stack.logs,
  E2E_DIST: dist,
  E2E_DEMO_DIST: demoDist,
  DATABASE_URL: stack.database.appUrl,
  DATABASE_OWNER_URL: stack.database.ownerUrl,
  ROLLCALL_KEYS: stack.env.ROLLCALL_KEYS,
  ROLLCALL_URL: stack.urls.appUrl,
  ROLLCALL_ISSUER_ALLOW: stack.env.ROLLCALL_ISSUER_ALLOW,
})

async function prepareAll(run) {
  const stacks = []
  for (let worker = 1; worker <= testWorkers; worker++)
    stacks.push(await prepare(run, join(run.folder, `stack-${worker}`), stacks))
  return stacks
}

async function prepare(run, folder, others) {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const taken = others.flatMap(({ port, oktaPort }) => [port, oktaPort, oktaPort + 1])
  const [port, oktaPort] = await freePorts(taken)
  const urls = addresses(port, oktaPort)
  const database = await openDatabase({ dir: join(folder, 'postgres'), durable: false })
  run.databases.push(database)
  const keys = readKeys(join(folder, 'keys.json'))
  const env = { ...appEnv({ database, urls, keys, port, demo: false }), LOG_LEVEL: 'warn', ...testLimits }
  const made = await migrateAndSeed({ database, urls, env, dataDir: folder })
  writePrivate(join(folder, 'okta-config.json'), made.okta)
  writePrivate(join(folder, 'demo.json'), made.demo)
  return { folder, logs, port, oktaPort, urls, env, database }
}

/** A port for the app and the first of two in a row for the stand-in; nobody listens on them yet, so others are named. */
async function freePorts(taken) {
  for (let tries = 0; tries < 50; tries++) {
    const [port, oktaPort] = [await freePort(), await freePort()]
    const ours = new Set([...taken, port, oktaPort, oktaPort + 1])
    if (oktaPort < 65_535 && ours.size === taken.length + 3 && (await isFree(oktaPort + 1))) return [port, oktaPort]
  }
  throw new Error('No two free ports in a row were found.')
}

const wantsDemo = ({ filters }) =>
  filters.length === 0 || filters.some((filter) => demoSpecs.some((path) => path.includes(filter)))

/** The walkthrough's own files bring their stack, and need no other. */
const demoAlone = ({ filters }) => filters.length > 0 && filters.every((filter) => filter === demoSpecs[0])

async function build(run, demo = false) {
  const folder = demo ? demoDist : dist
  if (!isBuilt(folder, demo)) {
    const name = demo ? 'demo-build' : 'build'
    const start = (args, buildEnv) => command(run, name, args, buildEnv).then(() => 0)
    await buildApp({ dist: folder, env: { ...process.env, ROLLCALL_DEMO: demo ? '1' : '0' }, run: start })
  }
  return true
}

async function startAll({ children }, stacks) {
  for (const { port, oktaPort, env, folder, logs } of stacks) {
    await startOkta(children, { oktaPort, dataDir: folder, env, log: join(logs, 'okta.log') })
    await startApp(children, { dist, dev: false, port, env, log: join(logs, 'app.log') })
  }
  return true
}

async function stopsInTime({ children }) {
  const began = Date.now()
  await Promise.all(children.running.map((child) => children.stop(child, 3000)))
  if (Date.now() - began > 3000) throw new Error('The app or the stand-in had to be killed.')
}

async function stop({ children, databases, folder, steps }) {
  await children.stopAll(3000)
  await Promise.all(databases.map((database) => database.stop()))
  // A test runner that was ended could not take its own database down.
  await clearOldRuns()
  // The logs of a run that failed are worth reading.
  const stacks = readdirSync(folder).filter((name) => name.startsWith('stack-'))
  for (const path of steps.failed() ? stacks.map((name) => join(name, 'postgres')) : ['.'])
    rmSync(join(folder, path), { recursive: true, force: true })
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
