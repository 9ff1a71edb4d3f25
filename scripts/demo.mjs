/** `npm run demo`: Postgres, Okta stand-in and app with one command. `npm run demo -- --help` lists the options. */
import { mkdirSync, rmSync } from 'node:fs'
import { readOptions } from './lib/demo-options.mjs'
import { install } from './lib/install.mjs'
import { loadDotEnv } from './lib/local-env.mjs'
import { at, root } from './lib/root.mjs'

process.chdir(root)
const options = readOptions(process.argv.slice(2))
const say = (text) => console.log(text)

async function main() {
  await install()
  loadDotEnv()
  // Only now: these need installed packages, or need not exist for --help.
  const { createChildren, clearLeftover } = await import('./lib/children.mjs')
  const { createDemo } = await import('./lib/demo-run.mjs')
  const dataDir = at('.data')
  const pidFile = at('.data', 'run.pid')
  mkdirSync(dataDir, { recursive: true })
  const left = await clearLeftover(pidFile)
  if (left?.live)
    throw new Error(`The demo of this folder already runs (process ${left.live}). Stop it with Ctrl-C there.`)
  if (left?.stopped.length) say(`Stopped what an earlier run left behind: ${left.stopped.join(', ')}`)
  rmSync(at('.data', 'demo.json'), { force: true })

  const children = createChildren(pidFile)
  children.note()
  const demo = createDemo({ options, children, dataDir, say })
  stopOnSignals(demo, children)
  try {
    await demo.start()
  } catch (error) {
    await demo.stop()
    throw error
  }
  if (options['reset-only']) {
    await demo.stop()
    say('The demo’s data is as new. Start it with: npm run demo')
    process.exit(0)
  }
}

function stopOnSignals(demo, children) {
  let asked = false
  const stop = async () => {
    if (asked) {
      children.killAll()
      return process.exit(1)
    }
    asked = true
    say('\nStopping …')
    await demo.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  // Ended npm or its shell without a signal to us: nobody could stop this any more.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && !asked && stop(), 500).unref()
}

main().catch((error) => {
  console.error(`\n${error.message}`)
  process.exit(1)
})
