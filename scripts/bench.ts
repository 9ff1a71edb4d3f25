import { openCompanies } from './bench/companies'
import type { Context, Part } from './bench/context'
import { measureGrowth } from './bench/growth'
import { HELP, type Options, readOptions } from './bench/options'
import { consoleParts } from './bench/parts/console'
import { eventParts } from './bench/parts/events'
import { groupParts } from './bench/parts/groups'
import { listParts } from './bench/parts/lists'
import { maintainParts } from './bench/parts/maintain'
import { pageParts } from './bench/parts/pages'
import { processParts } from './bench/parts/process'
import { soakParts } from './bench/parts/soak'
import { streamParts } from './bench/parts/streams'
import { userParts } from './bench/parts/users'
import { runParts } from './bench/run-parts'
import { startStack } from './bench/stack'
import { markdownTable, printTable } from './bench/table'

/** `npm run bench`: what the app does in a second, beside its own limits measured in the same run (DESIGN §9). */
const parts: Part[] = [
  ...userParts,
  ...groupParts,
  ...listParts,
  ...eventParts,
  ...streamParts,
  ...pageParts,
  ...consoleParts,
  ...processParts,
  ...maintainParts,
  ...soakParts,
]

const say = (text: string) => console.error(text)

async function main() {
  const options = readOptions(process.argv.slice(2))
  if (!options) return console.log(HELP)
  // A database or settings of the person who runs this are never used.
  for (const name of Object.keys(process.env))
    if (/^(DATABASE_|ROLLCALL_|NEXTAUTH_|PG[A-Z]+$)/.test(name)) delete process.env[name]
  const chosen = chosenParts(options)
  let stopping = false
  let stopAll: () => Promise<void> = async () => undefined
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    await stopAll()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(130))
  try {
    const stack = await startStack(options, say, (how) => {
      stopAll = how
    })
    const companies = await openCompanies(stack, options.large, say)
    await stack.startApp()
    const big = companies.find(({ users }) => users === 100_000)
    const bare = await stack.startBare(big?.orgId ?? '')
    const began = Date.now()
    const context: Context = { stack, options, companies, bare, tag: Date.now().toString(36), say }
    if (options.plot) {
      console.log(await measureGrowth(context))
      return await stop(0)
    }
    const rows = await runParts(chosen, context, began + options.minutes * 60_000)
    if (stopping) return
    console.log(options.markdown ? markdownTable(rows) : printTable(rows))
    if (options.json) console.log(JSON.stringify(rows, null, 2))
    say(`${options.rounds} rounds of ${options.seconds} s, ${Math.round((Date.now() - began) / 1000)} s in all`)
    await stop(rows.some(({ holds }) => holds === false) ? 1 : 0)
  } catch (error) {
    // What was stopped fails at whatever it was doing.
    if (stopping) return
    console.error(error instanceof Error ? error.message : error)
    await stop(1)
  }
}

function chosenParts({ only, large, soak }: Options): Part[] {
  if (soak) return soakParts
  if (!only) return parts.filter(({ when }) => when === undefined || (when === 'large' && large))
  const unknown = only.filter((name) => !parts.some((part) => part.name === name))
  if (unknown.length > 0)
    throw new Error(`--only ${unknown.join(', ')}: choose from ${parts.map((p) => p.name).join(', ')}`)
  return parts.filter(({ name }) => only.includes(name))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
})
