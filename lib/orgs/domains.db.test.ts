import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { getOrgIdByDomain } from '@/db/global'
import { domains } from '@/db/schema-global'
import { domainClaims } from '@/db/schema-proofs'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { randomBase62 } from '@/lib/crypto'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import type { LookupTxt } from './dns'
import { checkDomain, claimDomain, listDomains, type OrgContext, releaseDomain } from './domains'
import { updateSettings } from './settings'

let porter: TestOrg
let rabbit: TestOrg
let ours: OrgContext
let theirs: OrgContext
let domain: string
afterAll(shutdown)

beforeEach(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  ours = { org: porter, actor: { kind: 'system' } }
  theirs = { org: rabbit, actor: { kind: 'system' } }
  domain = `${randomBase62(12).toLowerCase()}.example`
})

/** A name server that knows these records. */
const dns =
  (records: Record<string, string[]>): LookupTxt =>
  async (name) => {
    const values = records[name]
    return values ? { kind: 'found', values } : { kind: 'missing' }
  }

const claimOf = async ({ org }: OrgContext) => (await listDomains(org.orgId)).find((each) => each.domain === domain)

/** Claims the domain and gives a name server that proves it. */
async function claimed(ctx: OrgContext): Promise<LookupTxt> {
  expect(await claimDomain(ctx, domain)).toEqual({ ok: true, domain })
  const record = (await claimOf(ctx))?.record ?? { name: '', value: '' }
  return dns({ [record.name]: ['v=spf1 -all', record.value] })
}

const age = (org: TestOrg, ms: number) =>
  withOrg(org.orgId, (tx) =>
    tx
      .update(domainClaims)
      .set({ expiresAt: new Date(Date.now() - ms) })
      .where(and(eq(domainClaims.orgId, org.orgId), eq(domainClaims.domain, domain))),
  )

const told = async (org: TestOrg) =>
  (await listEvents(org.orgId, { limit: 10 })).events.filter((e) => e.type === 'domain.changed')

describe('a claim', () => {
  test('has a token of its own and seven days', async () => {
    await claimed(ours)
    await claimed(theirs)
    const [mine, other] = [await claimOf(ours), await claimOf(theirs)]
    expect(mine?.record).toEqual({
      name: `_rollcall-challenge.${domain}`,
      value: expect.stringMatching(/^rollcall-domain-verification=[0-9A-Za-z]{32}$/),
    })
    expect(mine?.record.value).not.toBe(other?.record.value)
    const days = ((mine?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.9)
    expect(days).toBeLessThanOrEqual(7)
    expect(await told(porter)).toMatchObject([{ outcome: 'success', diff: [{ path: 'state', after: 'claimed' }] }])
  })

  test('unproved blocks nobody: neither the owner of the domain nor the way of its people', async () => {
    await claimed(theirs)
    const proof = await claimed(ours)
    expect(await checkDomain(ours, domain, proof)).toBe('ok')
    expect(await getOrgIdByDomain(domain)).toBe(porter.orgId)
  })

  test.each([
    ['no record', {}, 'missing'],
    ['another record at the name', ['hello'], 'missing'],
    ['the token of another claim', [`rollcall-domain-verification=${'x'.repeat(32)}`], 'wrong'],
  ])('%s proves nothing', async (_, values, result) => {
    await claimed(ours)
    const lookup = dns(Array.isArray(values) ? { [`_rollcall-challenge.${domain}`]: values } : {})
    expect(await checkDomain(ours, domain, lookup)).toBe(result)
    expect(await getOrgIdByDomain(domain)).toBeNull()
    expect(await told(porter)).toMatchObject([{ outcome: 'failed', diff: [{ path: 'record', after: result }] }, {}])
  })

  test('is over after seven days, even with the right record, and can be made anew with another token', async () => {
    const proof = await claimed(ours)
    const before = await claimOf(ours)
    await age(porter, 1000)
    expect(await checkDomain(ours, domain, proof)).toBe('expired')
    expect(await getOrgIdByDomain(domain)).toBeNull()
    expect(await claimDomain(ours, domain)).toEqual({ ok: true, domain })
    expect((await claimOf(ours))?.record.value).not.toBe(before?.record.value)
    expect(await checkDomain(ours, domain, proof)).toBe('wrong')
  })

  test('of what is no domain is refused with a sentence, and made twice is made once', async () => {
    expect(await claimDomain(ours, 'co.uk')).toEqual({ ok: false, problem: expect.stringContaining('shared') })
    await claimed(ours)
    expect(await claimDomain(ours, ` ${domain.toUpperCase()}. `)).toMatchObject({ ok: false })
    expect(await claimDomain(ours, porter.domain)).toMatchObject({
      problem: expect.stringContaining('verified already'),
    })
  })

  test('released while the name server answers proves nothing any more', async () => {
    const proof = await claimed(ours)
    const slow: LookupTxt = async (name) => {
      await releaseDomain(ours, domain)
      return proof(name)
    }
    expect(await checkDomain(ours, domain, slow)).toBeNull()
    expect(await getOrgIdByDomain(domain)).toBeNull()
  })
})

describe('a verified domain', () => {
  test('belongs to one org: of two that prove it at once one wins and the other is told that it is taken', async () => {
    for (let round = 0; round < 10; round++) {
      domain = `${randomBase62(12).toLowerCase()}.example`
      const [one, other] = [await claimed(ours), await claimed(theirs)]
      const results = await Promise.all([checkDomain(ours, domain, one), checkDomain(theirs, domain, other)])
      expect(results.toSorted()).toEqual(['ok', 'taken'])
      const owner = results[0] === 'ok' ? porter : rabbit
      expect(await getOrgIdByDomain(domain)).toBe(owner.orgId)
      const claims = [await claimOf(ours), await claimOf(theirs)]
      expect(claims.filter((claim) => claim?.verifiedAt)).toHaveLength(1)
    }
  })

  test('whose record is gone stays verified and is flagged', async () => {
    const proof = await claimed(ours)
    await checkDomain(ours, domain, proof)
    expect(await checkDomain(ours, domain, dns({}))).toBe('missing')
    expect(await claimOf(ours)).toMatchObject({ result: 'missing', verifiedAt: expect.any(Date) })
    expect(await getOrgIdByDomain(domain)).toBe(porter.orgId)
    expect((await told(porter))[0]).toMatchObject({ outcome: 'failed', diff: [{ path: 'record', before: 'ok' }] })
    await checkDomain(ours, domain, dns({}))
    expect((await told(porter))[0]).toMatchObject({ outcome: 'skipped' })
  })

  test('is released with its claim; then another org can prove it', async () => {
    const [mine, other] = [await claimed(ours), await claimed(theirs)]
    await checkDomain(ours, domain, mine)
    expect(await checkDomain(theirs, domain, other)).toBe('taken')
    expect(await releaseDomain(ours, domain)).toEqual({ ok: true })
    expect(await claimOf(ours)).toBeUndefined()
    expect(await checkDomain(theirs, domain, other)).toBe('ok')
    expect((await told(porter))[0]).toMatchObject({ diff: [{ path: 'state', before: 'verified' }] })
  })

  test('that is the last one stays while the policy takes nobody else, however the two race', async () => {
    for (let round = 0; round < 5; round++) {
      const org = await makeTestOrg('Porter')
      const ctx: OrgContext = { org, actor: { kind: 'system' } }
      const [enforced, released] = await Promise.all([
        updateSettings(ctx, { domainPolicy: 'enforce' }),
        releaseDomain(ctx, org.domain),
      ])
      expect([enforced.ok, released?.ok].filter(Boolean)).toHaveLength(1)
    }
  })
})

test('another org’s domains can be neither seen, checked nor released', async () => {
  expect((await listDomains(rabbit.orgId)).map((each) => each.domain)).toEqual([rabbit.domain])
  expect(await checkDomain(theirs, porter.domain, dns({}))).toBeNull()
  expect(await releaseDomain(theirs, porter.domain)).toBeNull()
  expect(await getOrgIdByDomain(porter.domain)).toBe(porter.orgId)
  const stolen = withOrg(rabbit.orgId, (tx) =>
    tx.insert(domains).values({ domain, orgId: porter.orgId, verifiedAt: new Date() }),
  )
  await expect(stolen).rejects.toThrow()
})
