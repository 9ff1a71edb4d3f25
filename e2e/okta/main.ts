import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from './config'
import { startStandIn } from './server'

const USAGE =
  'Usage: main.ts --port 4010 --port2 4011 --data .data/okta.json --config <file.json> [--companies <script.ts>] [--host <name>]'

function readOptions() {
  const text = { type: 'string' } as const
  const options = { port: text, port2: text, data: text, config: text, companies: text, host: text }
  const { values } = parseArgs({ options })
  const port = Number(values.port ?? 4010)
  const port2 = Number(values.port2 ?? port + 1)
  if (!values.config || !values.data) throw new Error(USAGE)
  for (const each of [port, port2]) {
    if (!Number.isInteger(each) || each < 1 || each > 65_535) throw new Error(`A port must be 1 to 65535. ${USAGE}`)
  }
  const { config: file, data: dataFile, companies, host } = values
  const key = process.env.ROLLCALL_DEMO_KEY
  // `--companies` is a script of this project, run like this one, with the number of companies behind it.
  const makeCompanies = companies
    ? [process.execPath, 'scripts/run.mjs', companies, '--data', dirname(dataFile), '--count']
    : []
  const elsewhere = { ...(host ? { host } : {}), ...(key ? { key } : {}) }
  return {
    config: readConfig(file),
    readConfig: () => readConfig(file),
    dataFile,
    port,
    port2,
    makeCompanies,
    ...elsewhere,
  }
}

try {
  const standIn = await startStandIn(readOptions())
  const stop = () => {
    standIn.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log('okta ready')
} catch (error) {
  console.error(`okta: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
