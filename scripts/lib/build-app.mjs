import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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

/** Whether a build folder holds these sources, built with or without the demo's pages. */
export function isBuilt(dist, demo) {
  const held = readBuild(dist)
  return held !== null && held.hash === sourceHash() && held.demo === demo && existsSync(serverFile(dist))
}

/**
 * Builds pages and server into `dist`. `run(args, env)` starts `node …args` and gives its exit code. Throws when the
 * build fails; what it said is where `run` put it.
 */
export async function buildApp({ dist, env, run }) {
  const stamp = { hash: sourceHash(), demo: env.ROLLCALL_DEMO === '1' }
  rmSync(stampOf(dist), { force: true })
  const code = await run([nextBin, 'build'], {
    ...env,
    NODE_ENV: 'production',
    ROLLCALL_DIST: dist,
    NEXT_TELEMETRY_DISABLED: '1',
  })
  if (code !== 0) throw new Error(`next build failed with exit code ${code}`)
  await bundle('server.ts', serverFile(dist))
  writeFileSync(stampOf(dist), JSON.stringify(stamp))
}
