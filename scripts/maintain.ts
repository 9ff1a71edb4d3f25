import { maintain } from '@/db/maintain'

const HELP = `The owner's daily work: makes the coming months of the event log and applies retention.

  npm run maintain
  npm run maintain -- --event-days 400 --payload-days 30

Needs DATABASE_OWNER_URL (the role that owns the tables).`

/** `--name 30` as a whole number of days, at least 1. */
function days(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  if (at < 0) return otherwise
  const value = Number(process.argv[at + 1])
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} needs a whole number of days, at least 1`)
  return value
}

async function main() {
  if (process.argv.includes('--help')) return console.log(HELP)
  const url = process.env.DATABASE_OWNER_URL
  if (!url) throw new Error('DATABASE_OWNER_URL is missing: give the address with the role that owns the tables')
  const retention = { eventDays: days('event-days', 400), payloadDays: days('payload-days', 30) }
  const result = await maintain(url, retention)
  console.log(`Months made: ${result.partitionsMade}. Dropped: ${result.partitionsDropped.join(', ') || 'none'}.`)
  if (result.partitionsBusy.length > 0) console.log(`In use, left for next time: ${result.partitionsBusy.join(', ')}.`)
  const { events, payloads, timings, sessions, recoveryLinks } = result.deleted
  console.log(
    `Deleted: ${events} events, ${payloads} payloads, ${timings} timings, ${sessions} sessions, ${recoveryLinks} links.`,
  )
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
