import { parseArgs } from 'node:util'

export const HELP = `npm run bench -- [options]

  --only create,lookUp   parts to run (without it: all but those that need --large)
  --rounds 5             rounds; in each, every candidate has its turn
  --seconds 0.6          how long a turn lasts
  --connections 8        keep-alive connections of the client
  --large                besides the usual data 1,000,000 people in 1,000 companies; 10,000,000 events in the first, which has
                         100,000 people, and 1,000,000 in the others
  --minutes 7            ends the parts by then; what is left says that it did not run
  --full                 more rounds and longer turns: about half an hour
  --soak                 64 clients for five minutes over 20 companies, and nothing else (--seconds sets how long)
  --plot                 time and rows read as companies grow, drawn into public/docs/growth.svg, and nothing else
  --json                 the results as JSON, after the table
  --markdown             the table ready for a README, with the machine it was measured on
  --port 3170            the app's port; --okta-port 4170 the stand-in's
  --keep-pages           take the pages that were built last, and only bundle the server anew: for changes inside SCIM alone,
                         since both share what lib holds in a process
  --profile              writes where the app's time goes into .data/bench*/profiles (open it in Chrome's developer tools)
  --fresh                forget the data of earlier runs`

export type Options = {
  only: string[] | null
  rounds: number
  seconds: number
  connections: number
  port: number
  oktaPort: number
  large: boolean
  soak: boolean
  plot: boolean
  json: boolean
  markdown: boolean
  minutes: number
  keepPages: boolean
  fresh: boolean
  profile: boolean
  secondsGiven: boolean
  full: boolean
}

/** Reads the options; throws a sentence when they make no sense. Null: help was asked for. */
export function readOptions(args: string[]): Options | null {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args,
    options: {
      only: text,
      rounds: text,
      seconds: text,
      connections: text,
      port: text,
      'okta-port': text,
      large: flag,
      full: flag,
      soak: flag,
      plot: flag,
      json: flag,
      markdown: flag,
      minutes: text,
      'keep-pages': flag,
      fresh: flag,
      profile: flag,
      help: flag,
    },
  })
  if (values.help) return null
  const number = (name: string, given: string | undefined, otherwise: number, most: number) => {
    const value = Number(given ?? otherwise)
    if (!(value > 0 && value <= most)) throw new Error(`--${name} ${given}: a number above 0, ${most} at most.`)
    return value
  }
  return {
    only: values.only ? values.only.split(',') : null,
    rounds: Math.round(number('rounds', values.rounds, values.full ? 11 : 5, 100)),
    seconds: number('seconds', values.seconds, values.full ? 3 : 0.6, 3600),
    connections: Math.round(number('connections', values.connections, 8, 500)),
    port: Math.round(number('port', values.port, 3170, 65_000)),
    oktaPort: Math.round(number('okta-port', values['okta-port'], 4170, 65_000)),
    large: values.large,
    soak: values.soak,
    plot: values.plot,
    json: values.json,
    markdown: values.markdown,
    minutes: number(
      'minutes',
      values.minutes,
      values.full || values.large || values.only || values.soak ? 120 : 7,
      600,
    ),
    keepPages: values['keep-pages'],
    fresh: values.fresh,
    profile: values.profile,
    secondsGiven: values.seconds !== undefined,
    full: values.full,
  }
}
