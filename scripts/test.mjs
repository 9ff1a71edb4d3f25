/** `npm test`: every check with one command. Own database, ports and build folder. Ends with `N passed, N failed`. */
import { parseArgs } from 'node:util'
import { install } from './lib/install.mjs'
import { root } from './lib/root.mjs'

process.chdir(root)

const parts = ['check', 'unit', 'db', 'e2e']
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: parts },
    screenshots: { type: 'boolean', default: false },
  },
})
const unknown = values.only.filter((name) => !parts.includes(name))
if (unknown.length) {
  console.error(`--only ${unknown.join(', ')}: choose from ${parts.join(', ')}`)
  process.exit(2)
}

// A database or settings of the person who runs this are never used.
for (const name of Object.keys(process.env))
  if (/^(DATABASE_|ROLLCALL_|E2E_|NEXTAUTH_|PG[A-Z]+$)/.test(name)) delete process.env[name]
Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ROLLCALL_LONG: values.long ? '1' : '0' })
if (values.screenshots) process.env.ROLLCALL_SCREENSHOTS = '1'
// Pictures by the names of their files: `npm run screenshots -- states large`.
const filters = values.screenshots
  ? (positionals.length ? positionals : ['']).map((name) => `e2e/screenshots/${name}`)
  : positionals

async function main() {
  await install()
  const { runTests } = await import('./lib/test-run.mjs')
  return runTests({ only: values.only, filters })
}

main()
  .catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: 1 }
  })
  .then(({ passed, failed }) => {
    console.log(`\n${passed} passed, ${failed} failed`)
    process.exit(failed > 0 ? 1 : 0)
  })
