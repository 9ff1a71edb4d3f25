import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from './embedded'
import { serverUser } from './embedded-host'

/** A pgbouncer to run: from this machine, or unpacked into `folder`, which is ours to delete. */
type Found = { program: string; libraries: string; version: [number, number]; folder: string }

const VERSION = /PgBouncer (\d+)\.(\d+)/

/**
 * The machine's pgbouncer; on Debian, where there is none, its package, unpacked into a folder of its own: nothing is
 * installed. Otherwise the reason there is none.
 */
export function findPgbouncer(): Found | { missing: string } {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']
  for (const path of folders.map((folder) => join(folder, 'pgbouncer'))) {
    const version = existsSync(path) && versionOf(path, '')
    if (version) return { program: path, libraries: '', version, folder: '' }
  }
  if (!existsSync('/usr/bin/apt-get')) return { missing: 'there is no pgbouncer on this machine' }
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-pgbouncer-'))
  const found = unpack(folder) || (isRoot() && run(folder, 'apt-get', 'update', '-qq') !== null && unpack(folder))
  if (found) return found
  rmSync(folder, { recursive: true, force: true })
  return { missing: 'there is no pgbouncer on this machine, and Debian’s package could not be fetched' }
}

const isRoot = () => process.getuid?.() === 0

/** What a program said, or null where it failed. */
function run(cwd: string, program: string, ...args: string[]): string | null {
  const done = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 60_000 })
  return done.status === 0 ? done.stdout : null
}

function versionOf(program: string, libraries: string): [number, number] | undefined {
  const env = { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) }
  const [, major, minor] = VERSION.exec(spawnSync(program, ['--version'], { env, encoding: 'utf8' }).stdout ?? '') ?? []
  return major && minor ? [Number(major), Number(minor)] : undefined
}

function unpack(folder: string): Found | undefined {
  // The two libraries it needs that a plain system lacks; their names carry the release's versions.
  const needs = run(folder, 'apt-cache', 'depends', 'pgbouncer')?.match(/\blib(?:c-?ares|event)[\w.-]*/g) ?? []
  if (run(folder, 'apt-get', 'download', '-qq', 'pgbouncer', ...needs) === null) return undefined
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.deb')))
    if (run(folder, 'dpkg', '-x', name, '.') === null) return undefined
  const program = join(folder, 'usr', 'sbin', 'pgbouncer')
  if (!existsSync(program)) return undefined
  const triplet = readdirSync(join(folder, 'usr', 'lib')).find((name) => name.includes('-linux-')) ?? ''
  const libraries = join(folder, 'usr', 'lib', triplet)
  const version = versionOf(program, libraries)
  return version && { program, libraries, version, folder }
}

export type Pooler = { url: string; keepsPrepared: boolean; stop: () => Promise<void> }

/** pgbouncer in transaction mode before `url`, with two connections to the database for however many clients. */
export async function startPgbouncer({ program, libraries, version, folder }: Found, url: string): Promise<Pooler> {
  const to = new URL(url)
  const keepsPrepared = version[0] > 1 || version[1] >= 21
  const port = await freePort()
  const home = mkdtempSync(join(tmpdir(), 'rollcall-pgbouncer-'))
  const users = `"${to.username}" "${decodeURIComponent(to.password)}"\n`
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: join(home, 'users.txt'),
    pool_mode: 'transaction',
    default_pool_size: 2,
    ...(keepsPrepared ? { max_prepared_statements: 200 } : {}),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  writeFileSync(join(home, 'users.txt'), users, { mode: 0o600 })
  const databases = `* = host=${to.hostname} port=${to.port}`
  writeFileSync(join(home, 'pgbouncer.ini'), ['[databases]', databases, '[pgbouncer]', ...lines, ''].join('\n'))
  const as = isRoot() ? serverUser() : null
  if (as) for (const path of [home, join(home, 'users.txt')]) chownSync(path, as.uid, as.gid)
  if (folder) chmodSync(folder, 0o755)
  const env = { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) }
  const child = spawn(program, ['-q', join(home, 'pgbouncer.ini')], { env, ...as, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString()
  })
  await answers(port, child, () => said)
  to.port = String(port)
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.kill('SIGINT')) await ended
    for (const path of [home, folder]) if (path) rmSync(path, { recursive: true, force: true })
  }
  return { url: to.href, keepsPrepared, stop }
}

async function answers(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 30))) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended while starting: ${said()}`)
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
  }
  throw new Error(`pgbouncer does not answer: ${said()}`)
}
