import { networkInterfaces } from 'node:os'
import { parseArgs } from 'node:util'

const help = `npm run demo -- [options]

  --port 3000        the app's port
  --okta-port 4010   the Okta stand-in's port; it also uses the next one
  --fresh            forget all data and start from the seed
  --host localhost   the demo listens on this machine only. With the name or address others reach this machine by, it
                     listens there, and visitors need the key it prints
  --dev              hot reload (npm run dev)
  --reset-only       reset the data and end (npm run db:reset)`

const loopback = ['localhost', '127.0.0.1', '::1']

/** Reads the demo's options; ends the process with a sentence when they make no sense. */
export function readOptions(args) {
  try {
    return parseOptions(args)
  } catch (error) {
    console.error(`${error.message}\n\n${help}`)
    process.exit(2)
  }
}

/** The same, throwing the sentence. `host`: where others find the demo, or null for this machine alone. */
export function parseOptions(args) {
  const text = { type: 'string' }
  const flag = { type: 'boolean', default: false }
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { ...text, default: '3000' },
      'okta-port': { ...text, default: '4010' },
      host: { ...text, default: 'localhost' },
      fresh: flag,
      dev: flag,
      'reset-only': flag,
      help: flag,
    },
  })
  if (positionals.length)
    throw new Error(`What is "${positionals.join(' ')}"? npm takes options to itself without two dashes before them.`)
  if (values.help) {
    console.log(help)
    process.exit(0)
  }
  const port = portOf('--port', values.port, 65_535)
  const oktaPort = portOf('--okta-port', values['okta-port'], 65_534)
  if (port === oktaPort || port === oktaPort + 1)
    throw new Error(
      `--port ${port} is one of the stand-in's two ports, ${oktaPort} and ${oktaPort + 1}: choose another.`,
    )
  return { ...values, port, oktaPort, host: hostOf(values) }
}

/** The one name a demo for others answers to; null where it is for this machine alone. */
function hostOf({ host, dev }) {
  if (loopback.includes(host)) return null
  if (dev) throw new Error(`--host ${host}: hot reload is for this machine alone. Use npm run demo.`)
  // Every address and sign-in is made from this name, so it has to be one that a visitor can type.
  if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host) || host === '0.0.0.0')
    throw new Error(`--host ${host}: give the name or IPv4 address visitors reach this machine by${known()}.`)
  return host.toLowerCase()
}

function known() {
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
  return addresses.length ? `, such as ${addresses.map(({ address }) => address).join(' or ')}` : ''
}

function portOf(name, value, max) {
  const port = Number(value)
  if (Number.isInteger(port) && port >= 1 && port <= max) return port
  throw new Error(`${name} ${value}: a port is a number from 1 to ${max}.`)
}
