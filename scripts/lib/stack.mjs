import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { nextBin, serverFile } from './build-app.mjs'
import { bundle, load } from './bundle.mjs'
import { sleep } from './processes.mjs'
import { at } from './root.mjs'

/** Writes JSON that only this user may read. */
export function writePrivate(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
}

/** The keys kept in `file`, made on first use: `v1:<base64 of 32 bytes>`. */
export function readKeys(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).keys
  const keys = `v1:${randomBytes(32).toString('base64')}`
  writePrivate(file, { keys })
  return keys
}

/** The built-in Postgres of a folder, or the given database when the environment names one. */
export async function openDatabase({ dir, durable = true, given = {} }) {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = given
  if (appUrl && !ownerUrl)
    throw new Error('DATABASE_URL is set, but not DATABASE_OWNER_URL, which migrate and seed need: see .env.example')
  if (appUrl) return { appUrl, ownerUrl, directUrl: given.DATABASE_DIRECT_URL, stop: async () => {} }
  const { startPostgres } = await load('db/embedded.ts')
  return startPostgres({ dir, durable })
}

/** The addresses of one stack: app, and the stand-in's two issuers. */
export function addresses(port, oktaPort, host = 'localhost') {
  const at = (n) => `http://${host}:${n}`
  return { appUrl: at(port), oktaUrl: at(oktaPort), okta2Url: at(oktaPort + 1) }
}

/**
 * The app's settings in a stack of ours. The owner's address is not among them. `host` and `key`: of a demo that others
 * may visit.
 */
export function appEnv({ database, urls, keys, port, demo, host = null, key = null }) {
  const { DATABASE_OWNER_URL: _, ...inherited } = process.env
  return {
    ...inherited,
    DATABASE_URL: database.appUrl,
    DATABASE_DIRECT_URL: database.directUrl ?? database.appUrl,
    ROLLCALL_URL: urls.appUrl,
    ROLLCALL_KEYS: keys,
    ROLLCALL_DEMO: demo ? '1' : '0',
    ...(demo ? { ROLLCALL_OKTA_CONSOLE: urls.oktaUrl } : {}),
    ROLLCALL_ISSUER_ALLOW: `${urls.oktaUrl},${urls.okta2Url}`,
    ...(key ? { ROLLCALL_DEMO_KEY: key } : {}),
    HOST: host ?? '127.0.0.1',
    PORT: String(port),
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** Brings the database to the current schema and seeds it; returns what the seed made (see db/seed.ts). */
export async function migrateAndSeed({ database, urls, env, dataDir }) {
  Object.assign(process.env, env, { DATABASE_OWNER_URL: database.ownerUrl })
  const { migrate } = await load('db/migrate.ts')
  const { seed } = await load('db/seed.ts')
  const { shutdown } = await load('lib/process.ts')
  await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl })
  const made = await seed({ ...urls, dataDir })
  await shutdown()
  return made
}

/** Starts the Okta stand-in and waits until it answers. */
export async function startOkta(children, { oktaPort, dataDir, env, log, host = null }) {
  const out = await bundle('e2e/okta/main.ts')
  const files = ['--data', `${dataDir}/okta.json`, '--config', `${dataDir}/okta-config.json`]
  const companies = ['--companies', 'scripts/companies.ts']
  const ports = ['--port', String(oktaPort), '--port2', String(oktaPort + 1)]
  const name = host ? ['--host', host] : []
  const args = ['--enable-source-maps', out, ...ports, ...files, ...companies, ...name]
  const child = children.start('Okta stand-in', args, { env, log })
  await answers(child, `http://${host ?? 'localhost'}:${oktaPort}/`, 90_000)
  return child
}

/** Starts the app, the built one or `next dev`, and waits until it is healthy. `flags`: of node, for the built one. */
export async function startApp(
  children,
  { dist, dev, port, env, log, host = null, flags = /** @type {string[]} */ ([]) },
) {
  const args = dev
    ? [nextBin, 'dev', '--port', String(port), '--hostname', 'localhost']
    : [...flags, '--enable-source-maps', serverFile(dist)]
  const mode = { NODE_ENV: dev ? 'development' : 'production', ROLLCALL_DIST: dist }
  const child = children.start('app', args, { env: { ...env, ...mode }, log })
  await answers(
    child,
    `http://${host ?? 'localhost'}:${port}/api/health`,
    90_000,
    (response) => response.status === 200,
  )
  return child
}

async function answers(child, url, ms, good = () => true) {
  let last = 'no answer'
  for (const end = Date.now() + ms; Date.now() < end; await sleep(60)) {
    if (child.exited) throw new Error(`The ${child.name} ended while starting.${tail(child.log)}`)
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(30_000), redirect: 'manual' })
      if (good(response)) return
      last = `${response.status} ${(await response.text()).slice(0, 300)}`
    } catch (error) {
      last = error.cause?.code ?? error.message
    }
  }
  throw new Error(`The ${child.name} does not answer at ${url} (${last}).${tail(child.log)}`)
}

/** The end of a log file, ready to stand after a sentence. */
export function tail(log, lines = 15) {
  if (!log || !existsSync(log)) return ''
  const text = readFileSync(log, 'utf8').trim().split('\n').slice(-lines).join('\n')
  return `\n--- the end of ${log.replace(at(), '').slice(1)}\n${text}\n---`
}
