/** Runs a TypeScript file of the project: `node scripts/run.mjs FILE.ts [args]`. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './lib/install.mjs'
import { localEnv } from './lib/local-env.mjs'

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('Which file? node scripts/run.mjs FILE.ts [args]')
  process.exit(2)
}
await install()
localEnv()
process.setSourceMapsEnabled(true)
const { bundle } = await import('./lib/bundle.mjs')
const out = await bundle(file)
process.argv = [process.argv[0] ?? 'node', resolve(file), ...args]
await import(pathToFileURL(out).href)
