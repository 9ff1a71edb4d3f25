import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type EmbeddedPostgres, removePostgres, startPostgres } from '@/db/embedded'
import { shutdown } from '@/lib/process'
import { buildApp, isBuilt, serverFile } from '../lib/build-app.mjs'
import { bundle } from '../lib/bundle.mjs'
import { clearLeftover, createChildren } from '../lib/children.mjs'
import { requireFree } from '../lib/ports.mjs'
import { at } from '../lib/root.mjs'
import { addresses, appEnv, migrateAndSeed, readKeys, startApp, startOkta, tail, writePrivate } from '../lib/stack.mjs'
import { testLimits } from '../lib/test-limits.mjs'
import type { Job, Outcome } from './load'
import type { Options } from './options'
import type { OpenJob, ToldAt, ToldJob, WriteJob, WrittenAt } from './streams'

const DIST = '.next-bench'
/** What says that the database is filled (companies.ts, many.ts). */
export const KEPT = ['loaded.json', 'many.json'] as const

export type Child = { pid: number; name: string }
export type Client = {
  run: (job: Job) => Promise<Outcome>
  open: (job: OpenJob) => Promise<number>
  told: (job: ToldJob) => Promise<ToldAt>
  write: (job: WriteJob) => Promise<WrittenAt>
  end: () => void
}
/** What runs while the bench measures. */
export type Stack = {
  postgres: EmbeddedPostgres
  appUrl: string
  oktaUrl: string
  env: NodeJS.ProcessEnv
  folder: string
  readonly client: Client
  /** A client beside the other, for those who must not wait for each other. */
  startClient: () => Promise<Client>
  /** Ends what the client does, if anything; later jobs have a client of their own. */
  abandonClient: () => Promise<void>
  app: () => Child
  /** Starts the app, again after `stopApp`; gives the milliseconds to its first answer. */
  startApp: (settings?: Record<string, string>) => Promise<number>
  stopApp: () => Promise<void>
  startBare: (orgId: string) => Promise<{ pid: number; url: string }>
  startOkta: () => Promise<void>
  /** Runs one of our scripts to its end, its output in `log`; throws when it fails. */
  runScript: (entry: string, args: string[], settings: Record<string, string>) => Promise<{ log: string }>
  stop: () => Promise<void>
}

/**
 * Starts database and client, builds what is not built; the app is started by whoever needs it. `begun` is given how to stop
 * it all before the first process starts, for this may be left at any moment.
 */
export async function startStack(
  options: Options,
  say: (text: string) => void,
  begun: (stop: () => Promise<void>) => void,
): Promise<Stack> {
  const { port, oktaPort } = options
  const folder = at('.data', options.large ? 'bench-large' : 'bench')
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const pidFile = join(folder, 'run.pid')
  const left = await clearLeftover(pidFile)
  if (left?.live) throw new Error(`npm run bench already runs in this folder (process ${left.live}).`)
  await requireFree([
    { port, what: 'the app', flag: 'npm run bench -- --port 3270' },
    { port: port + 1, what: 'the bare server', flag: 'npm run bench -- --port 3270' },
    { port: oktaPort, what: 'the Okta stand-in', flag: 'npm run bench -- --okta-port 4270' },
  ])
  // What was not loaded to its end is loaded anew.
  if (options.fresh || !existsSync(join(folder, KEPT[0]))) {
    await removePostgres(join(folder, 'postgres'))
    // The stand-in's people go with the app's: they know each other by ids made at the seed.
    for (const name of [...KEPT, 'okta.json']) rmSync(join(folder, name), { force: true })
  }
  const children = createChildren(pidFile)
  children.note()
  const forked: ChildProcess[] = []
  let stopping = false
  const starting = startPostgres({ dir: join(folder, 'postgres') })
  const stop = async () => {
    stopping = true
    for (const child of forked) if (child.connected) child.disconnect()
    await children.stopAll(3000)
    await shutdown()
    const started = await starting.catch(() => undefined)
    await started?.stop()
    rmSync(pidFile, { force: true })
  }
  begun(stop)
  const postgres = await starting
  const urls = addresses(port, oktaPort)
  const keys = readKeys(join(folder, 'keys.json'))
  const env: NodeJS.ProcessEnv = {
    ...appEnv({ database: postgres, urls, keys, port, demo: false }),
    LOG_LEVEL: 'warn',
    ...testLimits,
    ROLLCALL_LIMIT_STREAMS_PER_ORG: '100000',
    ROLLCALL_LIMIT_STREAMS_PER_SESSION: '100000',
  }
  const log = (name: string) => join(folder, 'logs', `${name}.log`)
  await build(options, env, children, log('build'), say)
  const made = await migrateAndSeed({ database: postgres, urls, env, dataDir: folder })
  writePrivate(join(folder, 'okta-config.json'), made.okta)
  Object.assign(process.env, env)

  // After a signal no further process begins.
  const notStopping = () => (stopping ? new Promise<never>(() => {}) : undefined)
  let client = await startClient(forked)
  let app: { pid: number; name: string } | undefined
  return {
    postgres,
    appUrl: urls.appUrl,
    oktaUrl: urls.oktaUrl,
    env,
    folder,
    get client() {
      return client
    },
    startClient: () => startClient(forked),
    abandonClient: async () => {
      client.end()
      client = await startClient(forked)
    },
    app: () => app ?? { pid: 0, name: 'none' },
    startApp: async (settings = {}) => {
      await notStopping()
      const began = performance.now()
      const flags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${join(folder, 'profiles')}`] : []
      app = await startApp(children, {
        dist: DIST,
        dev: false,
        port,
        env: { ...env, ...settings },
        log: log('app'),
        flags,
      })
      return performance.now() - began
    },
    stopApp: async () => {
      const running = children.running.find(({ name }) => name === 'app')
      if (running) await children.stop(running, 3000)
      app = undefined
    },
    startBare: (orgId) => startBare(forked, env, orgId, port + 1),
    startOkta: async () => {
      await notStopping()
      await startOkta(children, { oktaPort, dataDir: folder, env, log: log('okta') })
    },
    runScript: async (entry, args, settings) => {
      await notStopping()
      const name = basename(entry, '.ts')
      const file = await bundle(entry)
      const child = children.start(name, [file, ...args], { env: { ...env, ...settings }, log: log(name) })
      const { code } = await child.ended
      await children.stop(child)
      if (code !== 0) throw new Error(`${entry} ended with ${code}.${tail(log(name))}`)
      return { log: readFileSync(log(name), 'utf8') }
    },
    stop,
  }
}

type Children = ReturnType<typeof createChildren>

async function build(
  options: Options,
  env: NodeJS.ProcessEnv,
  children: Children,
  log: string,
  say: (t: string) => void,
) {
  if (isBuilt(DIST, false)) return
  if (options.keepPages && existsSync(at(DIST, 'BUILD_ID'))) {
    await bundle('server.ts', serverFile(DIST))
    return
  }
  say('Building the app …')
  const run = async (args: string[], buildEnv: NodeJS.ProcessEnv) => {
    const child = children.start('build', args, { env: buildEnv, log })
    const { code } = await child.ended
    await children.stop(child)
    return code ?? 1
  }
  await buildApp({ dist: DIST, env, run })
}

async function fork(forked: ChildProcess[], entry: string, args: string[], env = process.env): Promise<ChildProcess> {
  const file = await bundle(entry)
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  forked.push(child)
  return child
}

async function startBare(forked: ChildProcess[], env: NodeJS.ProcessEnv, orgId: string, port: number) {
  const child = await fork(forked, 'scripts/bench/bare.ts', [orgId, String(port)], env)
  await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', () => reject(new Error('The bare server did not start')))
  })
  return { pid: child.pid ?? 0, url: `http://127.0.0.1:${port}` }
}

async function startClient(forked: ChildProcess[]): Promise<Client> {
  const child = await fork(forked, 'scripts/bench/client.ts', [])
  const waiting = new Map<number, { resolve: (outcome: never) => void; reject: (error: Error) => void }>()
  let last = 0
  child.on('message', (message: { id: number; outcome: never; error?: string }) => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) asked?.reject(new Error(message.error))
    else asked?.resolve(message.outcome)
  })
  // A message after the end, when the bench is being stopped.
  child.on('error', () => undefined)
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The client ended'))
  })
  const ask = <T>(what: object) =>
    new Promise<T>((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      if (child.connected) child.send({ id, ...what })
      else reject(new Error('The client ended'))
    })
  return {
    run: (job) => ask<Outcome>({ job }),
    open: (open) => ask<number>({ open }),
    told: (told) => ask<ToldAt>({ told }),
    write: (write) => ask<WrittenAt>({ write }),
    end: () => {
      forked.splice(forked.indexOf(child), 1)
      child.kill('SIGKILL')
    },
  }
}

/** Runs `make` once for a data folder; what it gives is kept there for later runs. */
export async function keep<T>(file: string, make: () => Promise<T>): Promise<T> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const value = await make()
  writeFileSync(file, JSON.stringify(value), { mode: 0o600 })
  return value
}
