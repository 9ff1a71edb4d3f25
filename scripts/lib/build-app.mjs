import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.mjs'
import { at, root } from './root.mjs'

const folders = ['app', 'components', 'lib', 'db', 'public']
const files =
  /^(server|proxy|instrumentation.*|next\.config|postcss\.config)\.(ts|mjs)$|^(package-lock|tsconfig)\.json$/
const isTest = (path) => /\.test\.tsx?$/.test(path)

export const nextBin = at('node_modules', 'next', 'dist', 'bin', 'next')

function listFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isTest(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

/** One hash over everything the build reads. */
export function sourceHash() {
  const own = readdirSync(root).filter((name) => files.test(name) && statSync(at(name)).isFile())
  const hash = createHash('sha256')
  for (const path of [...folders.flatMap((name) => listFiles(at(name))), ...own.map((name) => at(name))].sort())
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

const stampOf = (dist) => at(dist, 'rollcall.json')

/** What was built into a folder, `{ hash, demo }`, or null. */
export function readBuild(dist) {
  try {
    return JSON.parse(readFileSync(stampOf(dist), 'utf8'))
  } catch {
    return null
  }
}

/** The bundled server of a build folder. */
export const serverFile = (dist) => at(dist, 'server.mjs')

/**
 * Builds pages and server into `dist` unless that is done for these sources. Returns whether it built. Throws with the
 * end of the build's output.
 */
export async function buildApp({ dist, env, force = false, quiet = true }) {
  const want = { hash: sourceHash(), demo: env.ROLLCALL_DEMO === '1' }
  const held = readBuild(dist)
  if (!force && held?.hash === want.hash && held.demo === want.demo) return false
  const done = spawnSync(process.execPath, [nextBin, 'build'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...env, NODE_ENV: 'production', ROLLCALL_DIST: dist, NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (done.status !== 0) {
    const said = `${done.stdout ?? ''}${done.stderr ?? ''}`.trim().split('\n').slice(-40).join('\n')
    throw new Error(`next build failed${said ? `:\n${said}` : ', see above.'}`)
  }
  await bundle('server.ts', serverFile(dist))
  writeFileSync(stampOf(dist), JSON.stringify(want))
  return true
}
