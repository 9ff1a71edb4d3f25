import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { at, root } from './root.mjs'

const stampFile = at('node_modules', '.rollcall-lock')
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')

// npm writes its own copy of the lock last, so a half-finished install lacks it.
const finished = () => existsSync(at('node_modules', '.package-lock.json'))

/** Installs what package-lock.json names, when node_modules does not hold it yet. Throws with npm's exit code. */
export async function install() {
  const want = lockHash()
  if (finished()) {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === want) return
    if (sameAsLock()) return writeFileSync(stampFile, want)
  }
  console.log('Installing packages (npm ci) …')
  const npm = process.env.npm_execpath
  const viaNode = npm && /\.[cm]?js$/.test(npm) && npm.includes('npm')
  const [command, args] = viaNode ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  const done = spawnSync(command, [...args, '--include=dev', '--include=optional'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !viaNode && process.platform === 'win32',
    env: { ...process.env, NODE_ENV: '' },
  })
  if (done.error) throw new Error(`npm could not be started (${done.error.message}). Run "npm ci" by hand, then again.`)
  if (done.status !== 0) throw new Error(`npm ci failed with exit code ${done.status}: see its message above.`)
  writeFileSync(stampFile, want)
}

/** An install by hand counts too: every package that npm put there has the version of the lock file. */
function sameAsLock() {
  const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
  const held = JSON.parse(readFileSync(at('node_modules', '.package-lock.json'), 'utf8')).packages
  return Object.entries(lock).every(([path, want]) => {
    if (path === '') return true
    return held[path] ? held[path].version === want.version : want.optional === true
  })
}
