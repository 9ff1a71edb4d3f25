import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { at } from './root.mjs'

/**
 * What makes Chromium quiet: no update checks, no traffic of its own, no sandbox where root could not use it, and few
 * processes, since the tests wait for the processor and not for each other.
 */
export const browserArgs = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--in-process-gpu',
  '--renderer-process-limit=1',
]

/** Chromium without its windows: a page costs half as much. Playwright's own is one of these. */
const shell = 'chromium-headless-shell'
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'microsoft-edge',
]
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]

/**
 * Finds a browser the tests can drive, installing one if there is none. Returns its path, or '' for Playwright's own.
 * CHROME_PATH decides where it is set. Throws with what was tried.
 */
export async function findBrowser(say = () => {}) {
  const given = process.env.CHROME_PATH
  if (given && (await starts(given))) return given
  if (given) throw new Error(`CHROME_PATH names ${given}, which does not start.`)
  const found =
    (await playwrights()) ??
    (await onThisMachine([shell])) ??
    (await fromDebian(shell, say)) ??
    (await onThisMachine([...names, ...usual]))
  if (found !== null) return found
  say('No browser found: installing one for Playwright …')
  const cli = at('node_modules', 'playwright', 'cli.js')
  run(process.execPath, [cli, 'install', 'chromium', '--only-shell'])
  const installed = (await playwrights()) ?? (await fromDebian('chromium', say))
  if (installed !== null) return installed
  throw new Error(
    'No browser for the tests: neither Playwright’s own nor Chromium, Chrome or Edge was found, and none could be ' +
      'installed. Install one of them, or run: npx playwright install --with-deps chromium',
  )
}

/** Installs a package where that can be done unasked: as root on Debian. */
async function fromDebian(name, say) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  say(`Installing Debian’s ${name} for the tests …`)
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', name])
  return onThisMachine([name])
}

const run = (command, args) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })

const playwrights = async () => ((await starts(undefined)) ? '' : null)

/** The first that starts of these names on the PATH and these places. */
async function onThisMachine(wanted) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = wanted.flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))))
  for (const path of paths) if (existsSync(path) && (await starts(path))) return path
  return null
}

/** Being there is not enough: a browser may lack a library, so it has to start once. */
async function starts(executablePath) {
  const { chromium } = await import('playwright')
  try {
    const browser = await chromium.launch({ executablePath, args: browserArgs, timeout: 20_000 })
    await browser.close()
    return true
  } catch {
    return false
  }
}
