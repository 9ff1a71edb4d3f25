/** Runs a TypeScript file of the project: `node scripts/run.mjs FILE.ts [args]`. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './lib/install.mjs'
import { localEnv } from './lib/local-env.mjs'
import { root } from './lib/root.mjs'

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('Which file? node scripts/run.mjs FILE.ts [args]')
  process.exit(2)
}
const entry = resolve(file)
process.chdir(root)
await install()
localEnv()
process.setSourceMapsEnabled(true)
const { bundle } = await import('./lib/bundle.mjs')
const out = await bundle(entry)
process.argv = [process.argv[0] ?? 'node', entry, ...args]
await import(pathToFileURL(out).href)
