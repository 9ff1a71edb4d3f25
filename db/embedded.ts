import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import postgres from 'postgres'
import { asServer, dropPrograms, findHost, give, type Host, runProgram } from './embedded-host'
import { stopLeftover } from './embedded-leftover'

const STOP_WITHIN_MS = 800

type Secrets = { superuser: string; owner: string; app: string }

/** A running server: addresses for the three roles, and `stop`, which waits until it is down. */
export type EmbeddedPostgres = {
  superUrl: string
  ownerUrl: string
  appUrl: string
  port: number
  pid: number
  stop: () => Promise<void>
}

type Options = { dir: string; port?: number; durable?: boolean }

/**
 * Starts the built-in Postgres for `dir` on 127.0.0.1 (made on first use, mode 0700, passwords beside it 0600), with
 * database `rollcall`, its owner `rollcall_owner` and the app's role `rollcall_app`. A server that a killed run left
 * there is stopped first. `durable: false` is for tests: no fsync. Throws with the end of the server's log.
 */
export async function startPostgres({ dir, port, durable = true }: Options): Promise<EmbeddedPostgres> {
  const host = findHost(resolve(dir))
  await stopLeftover(host)
  const secrets = readSecrets(dir)
  if (!existsSync(join(host.data, 'PG_VERSION'))) create(host, dir, secrets, durable)
  requireSameMajor(host)
  const { child, used } = await start(host, dir, port, durable)
  const url = (user: string, password: string, database = 'rollcall') =>
    `postgres://${user}:${password}@127.0.0.1:${used}/${database}`
  const superUrl = url('postgres', secrets.superuser, 'postgres')
  const stop = () => stopServer(host, child)
  try {
    await prepare(superUrl, secrets)
  } catch (error) {
    await stop()
    throw error
  }
  const [ownerUrl, appUrl] = [url('rollcall_owner', secrets.owner), url('rollcall_app', secrets.app)]
  return { superUrl, ownerUrl, appUrl, port: used, pid: child.pid ?? 0, stop }
}

/** Stops whatever runs for `dir` and deletes it all, wherever its data had to be put. */
export async function removePostgres(dir: string): Promise<void> {
  if (!existsSync(dir)) return
  const host = findHost(resolve(dir))
  await stopLeftover(host)
  const kept = dirname(host.data)
  for (const path of [kept, dir]) rmSync(path, { recursive: true, force: true })
  // Data that had to move away takes the copied programs along.
  if (kept !== resolve(dir)) dropPrograms(host)
}

function readSecrets(dir: string): Secrets {
  const file = join(dir, 'passwords.json')
  // Written by us below, in this shape.
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const random = () => randomBytes(24).toString('base64url')
  const secrets = { superuser: random(), owner: random(), app: random() }
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

/** initdb works in a folder of its own and is renamed when done, so a killed first start leaves nothing half-made. */
function create(host: Host, dir: string, secrets: Secrets, durable: boolean) {
  const fresh = `${host.data}.new`
  const passwordFile = `${host.data}.password`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(passwordFile, secrets.superuser, { mode: 0o600 })
  for (const path of [fresh, passwordFile]) give(host, path)
  const { ok, out } = runProgram(host, 'initdb', [
    ...['-D', fresh, '-U', 'postgres', '--locale=C', '--encoding=UTF8'],
    ...(durable ? [] : ['--no-sync']),
    ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
  ])
  rmSync(passwordFile, { force: true })
  if (!ok) throw new Error(`Postgres could not make its data folder for ${dir}:\n${lastLines(out)}`)
  rmSync(host.data, { recursive: true, force: true })
  renameSync(fresh, host.data)
}

function requireSameMajor(host: Host) {
  const made = readFileSync(join(host.data, 'PG_VERSION'), 'utf8').trim()
  const runs = /\d+/.exec(runProgram(host, 'postgres', ['--version']).out)?.[0]
  if (made === runs) return
  throw new Error(`${host.data} was made by Postgres ${made}, but Postgres ${runs} is installed: start with --fresh.`)
}

async function start(host: Host, dir: string, port: number | undefined, durable: boolean) {
  const logFile = join(dir, 'postgres.log')
  let log = ''
  for (let attempt = 0; attempt < 12; attempt++) {
    const used = port ?? (await freePort())
    const child = launch(host, logFile, used, durable)
    if (await isReady(child, logFile)) return { child, used }
    log = readFileSync(logFile, 'utf8')
    // A killed server's workers hold its memory for a moment, its clients its port; a port may be taken between choosing
    // and using it. Who listens on a port that was asked for stays there.
    if (!/pre-existing shared memory|lock file|Address already in use/.test(log)) break
    if (port !== undefined && (await listens(port))) break
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
  throw new Error(`Postgres did not start for ${dir}:\n${lastLines(log)}`)
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy())
  })

function launch(host: Host, logFile: string, port: number, durable: boolean): ChildProcess {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'max_connections=200', 'timezone=UTC']
  if (process.platform !== 'win32') settings.push('unix_socket_directories=')
  if (!durable) settings.push('fsync=off', 'full_page_writes=off')
  const out = openSync(logFile, 'w', 0o600)
  const child = spawn(
    join(host.programs, 'bin', 'postgres'),
    ['-D', host.data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...asServer(host), detached: true, stdio: ['ignore', out, out] },
  )
  closeSync(out)
  child.once('error', () => undefined)
  return child
}

async function isReady(child: ChildProcess, logFile: string): Promise<boolean> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false
    if (readFileSync(logFile, 'utf8').includes('database system is ready to accept connections')) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  child.kill('SIGINT')
  return false
}

/** Roles and database, again at every start: a first start that was killed half-way heals. */
async function prepare(superUrl: string, secrets: Secrets) {
  const sql = postgres(superUrl, { max: 1, onnotice: () => undefined })
  try {
    for (const [role, password] of [
      ['rollcall_owner', secrets.owner] as const,
      ['rollcall_app', secrets.app] as const,
    ]) {
      const [found] = await sql`select 1 from pg_roles where rolname = ${role}`
      const rights = role === 'rollcall_owner' ? 'CREATEROLE' : 'NOCREATEROLE'
      // Names and base64url passwords of our own making: nothing to escape.
      await sql.unsafe(
        `${found ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB ${rights} PASSWORD '${password}'`,
      )
    }
    // The owner may set the app role's time limits, and neither has the other's rights.
    await sql.unsafe('GRANT rollcall_app TO rollcall_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE')
    const [database] = await sql`select 1 from pg_database where datname = 'rollcall'`
    if (!database) await sql.unsafe('CREATE DATABASE rollcall OWNER rollcall_owner')
    await sql.unsafe('REVOKE ALL ON DATABASE rollcall FROM PUBLIC; GRANT CONNECT ON DATABASE rollcall TO rollcall_app')
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/**
 * Open transactions are rolled back, then the server writes its state and ends. Where the disk is slow at that it ends
 * at once instead: what was committed is in its log, and the next start reads it from there.
 */
async function stopServer(host: Host, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (process.platform === 'win32') runProgram(host, 'pg_ctl', ['stop', '-D', host.data, '-m', 'fast'])
  else child.kill('SIGINT')
  const impatient = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS)
  await ended
  clearTimeout(impatient)
}

/** A port of 127.0.0.1 that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const lastLines = (text: string) => text.trim().split('\n').slice(-12).join('\n')
