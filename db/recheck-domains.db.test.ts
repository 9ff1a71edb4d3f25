import { and, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { randomBase62 } from '@/lib/crypto'
import { listEvents } from '@/lib/events/query'
import type { TxtAnswer } from '@/lib/orgs/dns'
import { shutdown } from '@/lib/process'
import { getOrgIdByDomain } from './global'
import { recheckDomains } from './recheck-domains'
import { domainClaims } from './schema-proofs'
import { withOrg } from './tenant'
import { makeTestOrg } from './test-orgs'
import { claimVerified } from './verified-domain'

const ownerUrl = process.env.DATABASE_OWNER_URL ?? ''
const DAY = 86_400_000
afterAll(shutdown)

/** An org with one more verified domain, of a name that name servers could know. */
async function verified() {
  const org = await makeTestOrg('Porter')
  const domain = `${randomBase62(12).toLowerCase()}.rollcall-check.net`
  await withOrg(org.orgId, (tx) => claimVerified(tx, org.orgId, domain))
  const mine = and(eq(domainClaims.orgId, org.orgId), eq(domainClaims.domain, domain))
  const claim = async () => (await withOrg(org.orgId, (tx) => tx.select().from(domainClaims).where(mine)))[0]
  const told = async () =>
    (await listEvents(org.orgId, { limit: 20 })).events.filter((e) => e.type === 'domain.changed')
  return { org, domain, claim, told }
}

const tomorrow = (days = 1) => Date.now() + days * DAY
const answering = (domain: string, answer: TxtAnswer) => async (name: string) =>
  name === `_rollcall-challenge.${domain}` ? answer : { kind: 'unreachable' as const }

test('a record that is gone is flagged and told once; the domain stays, and a record put back heals it', async () => {
  const { org, domain, claim, told } = await verified()
  const gone = answering(domain, { kind: 'missing' })
  expect((await recheckDomains(ownerUrl, gone, tomorrow())).flagged).toEqual([domain])
  expect(await claim()).toMatchObject({ result: 'missing', verifiedAt: expect.any(Date) })
  expect(await getOrgIdByDomain(domain)).toBe(org.orgId)
  expect((await recheckDomains(ownerUrl, gone, tomorrow(2))).flagged).toEqual([])
  expect(await told()).toMatchObject([
    { outcome: 'failed', error: { detail: expect.stringContaining('stays verified') } },
  ])
  const values = [`rollcall-domain-verification=${(await claim())?.token}`]
  await recheckDomains(ownerUrl, answering(domain, { kind: 'found', values }), tomorrow(3))
  expect(await claim()).toMatchObject({ result: 'ok' })
  expect((await told())[0]).toMatchObject({ outcome: 'success', diff: [{ before: 'missing', after: 'ok' }] })
})

test('a name server that does not answer says nothing', async () => {
  const { domain, claim, told } = await verified()
  const before = await claim()
  const { flagged, unreachable } = await recheckDomains(ownerUrl, async () => ({ kind: 'unreachable' }), tomorrow())
  expect({ flagged, unreachable: unreachable > 0 }).toEqual({ flagged: [], unreachable: true })
  expect(await claim()).toEqual(before)
  expect(await told()).toEqual([])
  expect(domain).toBe(before?.domain)
})

test('looked at once a day, and never where no public name server answers', async () => {
  const { domain } = await verified()
  const asked: string[] = []
  const lookup = async (name: string): Promise<TxtAnswer> => {
    asked.push(name)
    return { kind: 'unreachable' }
  }
  await recheckDomains(ownerUrl, lookup, Date.now())
  expect(asked.filter((name) => name.endsWith(domain))).toEqual([])
  await recheckDomains(ownerUrl, lookup, tomorrow())
  expect(asked.filter((name) => name.endsWith(domain))).toHaveLength(1)
  expect(asked.filter((name) => name.endsWith('.example'))).toEqual([])
})
