import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seed } from '@/db/seed'
import { env } from '@/lib/env'
import { runCommand } from './lib/operator'

const USAGE = 'npm run demo:companies -- --count 20'
const MOST = 1000

type Known = { orgs: { slug: string }[] }

/** Gives the demo so many more companies: organizations here, and an Okta of each in the stand-in's config. */
async function makeCompanies(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '20' }, data: { type: 'string', default: '.data' } },
  })
  const count = Number(values.count)
  if (!Number.isInteger(count) || count < 1 || count > MOST) throw new Error(`How many, from 1 to ${MOST}? ${USAGE}`)
  const { ROLLCALL_DEMO, ROLLCALL_URL, ROLLCALL_OKTA_CONSOLE: oktaUrl } = env()
  if (!ROLLCALL_DEMO || !oktaUrl)
    throw new Error('Companies are made for a demo that runs: start it with npm run demo.')
  const file = join(values.data, 'okta-config.json')
  const before = await readJson(file)
  const okta2 = new URL(oktaUrl)
  okta2.port = String(Number(okta2.port) + 1)
  const urls = { appUrl: ROLLCALL_URL, oktaUrl: new URL(oktaUrl).origin, okta2Url: okta2.origin }
  const { okta } = await seed({ ...urls, dataDir: values.data, more: before.orgs.length - 2 + count })
  const draft = `${file}.tmp`
  await writeFile(draft, `${JSON.stringify(okta, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
  console.log(`${okta.orgs.length - before.orgs.length} companies made; there are ${okta.orgs.length}.`)
}

async function readJson(file: string): Promise<Known> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file} cannot be read. Start the demo first: npm run demo`, { cause })
  }
}

await runCommand(makeCompanies)
