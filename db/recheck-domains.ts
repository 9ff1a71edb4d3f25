import type postgres from 'postgres'
import { prepareEvent } from '@/lib/events/event'
import type { LookupTxt } from '@/lib/orgs/dns'
import { challengeName, checkSentence, judgeRecord } from '@/lib/orgs/domain-challenge'
import { shownDomain } from '@/lib/orgs/domain-name'
import { inOrg, listOrgIds, ownerConnection } from './owner'

const HOUR = 3_600_000
const AT_ONCE = 5
/** RFC 2606 and 6761: names no public name server has, so there is nothing to look up. The demo lives there. */
const RESERVED = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$/

type Due = { domain: string; token: string; result: string | null }
export type Rechecked = { checked: number; flagged: string[]; unreachable: number }

/**
 * The daily look at the records of verified domains. One that is gone or changed is flagged, with an event; it is never
 * taken away. A name server that does not answer says nothing, and is asked again by the next run.
 */
export async function recheckDomains(ownerUrl: string, lookup: LookupTxt, now = Date.now()): Promise<Rechecked> {
  const sql = ownerConnection(ownerUrl)
  const done: Rechecked = { checked: 0, flagged: [], unreachable: 0 }
  try {
    for (const orgId of await listOrgIds(sql)) {
      const due = await inOrg(
        sql,
        orgId,
        (tx) => tx<Due[]>`
          select domain, token, result from domain_claims where org_id = ${orgId} and verified_at is not null
            and coalesce(checked_at, 'epoch') < ${new Date(now - 20 * HOUR)} order by domain`,
      )
      const asked = due.filter(({ domain }) => !RESERVED.test(domain))
      for (let i = 0; i < asked.length; i += AT_ONCE) {
        const some = asked.slice(i, i + AT_ONCE)
        const answers = await Promise.all(some.map(({ domain }) => lookup(challengeName(domain))))
        for (const [at, claim] of some.entries()) {
          const answer = answers[at]
          if (!answer || answer.kind === 'unreachable') {
            done.unreachable++
            continue
          }
          const result = judgeRecord(answer, claim.token)
          done.checked++
          if (await note(sql, orgId, claim, result, new Date(now))) done.flagged.push(claim.domain)
        }
      }
    }
    return done
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** Keeps what was found, with an event where it differs from the last time. True: flagged now. */
async function note(
  sql: postgres.Sql,
  orgId: string,
  { domain, token, result: before }: Due,
  result: ReturnType<typeof judgeRecord>,
  now: Date,
): Promise<boolean> {
  return inOrg(sql, orgId, async (tx) => {
    const { count } = await tx`
      update domain_claims set result = ${result}, checked_at = ${now}
      where org_id = ${orgId} and domain = ${domain} and token = ${token} and verified_at is not null`
    if (count === 0 || before === result) return false
    const fine = result === 'ok'
    const { id: _, ...event } = prepareEvent({
      type: 'domain.changed',
      outcome: fine ? 'success' : 'failed',
      actor: { kind: 'system' },
      target: { kind: 'domain', id: domain, name: shownDomain(domain) },
      diff: [{ path: 'record', ...(before ? { before } : {}), after: result }],
      ...(fine ? {} : { error: { status: 409, detail: checkSentence(result, domain, true) } }),
    })
    await tx`select record_events(${orgId}::uuid, ${JSON.stringify([event])}::text::jsonb)`
    return !fine
  })
}
