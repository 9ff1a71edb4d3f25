/** `npm start`: the production server. Demo builds, demo settings and demo keys are refused. */
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { loadDotEnv } from './lib/local-env.mjs'
import { at } from './lib/root.mjs'

const dist = process.env.ROLLCALL_DIST || '.next'
const refuse = (why) => {
  console.error(`npm start refuses: ${why}`)
  process.exit(1)
}

function demoKeys() {
  try {
    return JSON.parse(readFileSync(at('.data', 'keys.json'), 'utf8')).keys
  } catch {
    return undefined
  }
}

loadDotEnv()
if (process.env.ROLLCALL_DEMO && process.env.ROLLCALL_DEMO !== '0')
  refuse('ROLLCALL_DEMO is set. A production server has no demo pages; unset it, or use npm run demo.')
if (!existsSync(at('node_modules', 'next'))) refuse('packages are missing. Run: npm ci && npm run build')
const { readBuild, serverFile } = await import('./lib/build-app.mjs').catch(() =>
  refuse('packages are missing: npm ci'),
)
const build = readBuild(dist)
if (!build || !existsSync(serverFile(dist))) refuse(`there is no build in ${dist}. Run: npm run build`)
if (build.demo) refuse(`${dist} was built with ROLLCALL_DEMO=1. Run: npm run build`)
if (process.env.ROLLCALL_KEYS && process.env.ROLLCALL_KEYS === demoKeys())
  refuse('ROLLCALL_KEYS holds the demo’s keys. Make your own: see .env.example')

process.env.NODE_ENV = 'production'
process.env.ROLLCALL_DIST = dist
process.setSourceMapsEnabled(true)
await import(pathToFileURL(serverFile(dist)).href)
