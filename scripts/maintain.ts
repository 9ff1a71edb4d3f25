import { maintain } from '@/db/maintain'
import { recheckDomains } from '@/db/recheck-domains'
import { resealSecrets } from '@/db/reseal-secrets'
import { makeLookup } from '@/lib/orgs/dns'
import { shutdown } from '@/lib/process'

const HELP = `The owner's daily work: makes the coming months of the event log, deletes what each organization no longer keeps, and
looks whether the records of verified domains are still there. After a change of keys it seals client secrets anew.

  npm run maintain
  npm run maintain -- --event-days 400 --payload-days 30   at most so long, whatever an organization has set

Needs DATABASE_OWNER_URL (the role that owns the tables); for the secrets also DATABASE_URL and ROLLCALL_KEYS.`

/** `--name 30` as a whole number of days, at least 1; nothing where it is not given. */
function days(name: string): number | undefined {
  const at = process.argv.indexOf(`--${name}`)
  if (at < 0) return undefined
  const value = Number(process.argv[at + 1])
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} needs a whole number of days, at least 1`)
  return value
}

async function main() {
  if (process.argv.includes('--help')) return console.log(HELP)
  const url = process.env.DATABASE_OWNER_URL
  if (!url) throw new Error('DATABASE_OWNER_URL is missing: give the address with the role that owns the tables')
  const [eventDays, payloadDays] = [days('event-days'), days('payload-days')]
  const caps = { ...(eventDays ? { eventDays } : {}), ...(payloadDays ? { payloadDays } : {}) }
  const result = await maintain(url, caps, { progress: (line) => console.log(line) })
  console.log(`Months made: ${result.partitionsMade}. Dropped: ${result.partitionsDropped.join(', ') || 'none'}.`)
  if (result.partitionsBusy.length > 0) console.log(`In use, left for next time: ${result.partitionsBusy.join(', ')}.`)
  if (result.orgsBusy.length > 0) console.log(`Another run is busy with: ${result.orgsBusy.join(', ')}.`)
  const { events, payloads, timings, hours, sessions, recoveryLinks, setupLinks, logoutTokens, claims } = result.deleted
  console.log(
    `Deleted: ${events} events, ${payloads} payloads, ${timings} timings, ${hours} hours of charts, ${sessions} sessions, ` +
      `${recoveryLinks + setupLinks} links, ${logoutTokens} logout tokens, ${claims} domain claims.`,
  )
  const { checked, flagged, unreachable } = await recheckDomains(url, makeLookup())
  console.log(`Domains looked up: ${checked}. Record gone: ${flagged.join(', ') || 'none'}. No answer: ${unreachable}.`)
  await seal(url)
}

/** Moves secrets to the newest key, where this process has the keys at all. */
async function seal(url: string) {
  if (!process.env.ROLLCALL_KEYS || !process.env.DATABASE_URL) return
  const { resealed, failed } = await resealSecrets(url)
  console.log(
    `Client secrets sealed anew: ${resealed}. Their key is gone from ROLLCALL_KEYS: ${failed.join(', ') || 'none'}.`,
  )
  await shutdown()
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
