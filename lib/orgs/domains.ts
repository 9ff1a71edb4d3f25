import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import { orgs } from '@/db/schema'
import { domains } from '@/db/schema-global'
import { domainClaims } from '@/db/schema-proofs'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventDiff } from '@/db/types'
import { randomBase62 } from '@/lib/crypto'
import type { Actor, EventDraft } from '@/lib/events/event'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { type LookupTxt, lookupTxt } from './dns'
import {
  type ChallengeResult,
  challengeName,
  challengeValue,
  checkSentence,
  judgeRecord,
  outcomeOf,
} from './domain-challenge'
import { readDomain, shownDomain } from './domain-name'
import type { Org } from './orgs'

const CLAIM_MS = 7 * 86_400_000
const MOST = 100

export type OrgContext = { org: Pick<Org, 'orgId' | 'name'>; actor: Actor }

export type DomainClaim = {
  domain: string
  /** The domain as people write it. */
  shown: string
  record: { name: string; value: string }
  createdAt: Date
  expiresAt: Date
  verifiedAt: Date | null
  checkedAt: Date | null
  result: ChallengeResult | null
}

/** The domains the org has claimed, verified or not, by name. */
export async function listDomains(orgId: string): Promise<DomainClaim[]> {
  const rows = await withOrg(orgId, (tx) =>
    tx.select().from(domainClaims).where(eq(domainClaims.orgId, orgId)).orderBy(asc(domainClaims.domain)),
  )
  return rows.map(({ domain, token, createdAt, expiresAt, verifiedAt, checkedAt, result }) => {
    const record = { name: challengeName(domain), value: challengeValue(token) }
    return { domain, shown: shownDomain(domain), record, createdAt, expiresAt, verifiedAt, checkedAt, result }
  })
}

export type Claimed = { ok: true; domain: string } | { ok: false; problem: string }

/**
 * Notes that the org says a domain is its own, with a token of its own to prove it within seven days. Blocks nobody
 * else: who else claims or has it is not looked at before the proof (SECURITY L24). An old claim gets a new token.
 */
export async function claimDomain({ org, actor }: OrgContext, typed: string): Promise<Claimed> {
  const read = readDomain(typed)
  if ('problem' in read) return { ok: false, problem: read.problem }
  const { domain } = read
  const { orgId } = org
  const result = await withOrg(orgId, async (tx): Promise<Claimed> => {
    const claims = await tx.select().from(domainClaims).where(eq(domainClaims.orgId, orgId)).for('update')
    const before = claims.find((claim) => claim.domain === domain)
    if (before?.verifiedAt) return { ok: false, problem: `${shownDomain(domain)} is verified already.` }
    if (before && before.expiresAt > new Date()) {
      return { ok: false, problem: `${shownDomain(domain)} is claimed already. Its record is below.` }
    }
    if (!before && claims.length >= MOST) {
      return { ok: false, problem: `An organization can have ${MOST} domains. Release one first.` }
    }
    const now = new Date()
    const fresh = { token: randomBase62(32), createdAt: now, expiresAt: new Date(now.getTime() + CLAIM_MS) }
    const values = { ...fresh, verifiedAt: null, checkedAt: null, result: null }
    await tx
      .insert(domainClaims)
      .values({ orgId, domain, ...values })
      .onConflictDoUpdate({ target: [domainClaims.orgId, domainClaims.domain], set: values })
    await told(tx, { org, actor }, domain, [
      { path: 'state', ...(before ? { before: 'expired' } : {}), after: 'claimed' },
    ])
    return { ok: true, domain }
  })
  if (result.ok) wake(orgId)
  return result
}

/**
 * Looks the record up now. Right: the domain is the org's from this commit on, unless another org was faster. A verified
 * domain whose record is gone stays verified and is flagged. Null: there is no such claim.
 */
export async function checkDomain(
  { org, actor }: OrgContext,
  domain: string,
  lookup: LookupTxt = lookupTxt,
): Promise<ChallengeResult | 'expired' | null> {
  const { orgId } = org
  const mine = and(eq(domainClaims.orgId, orgId), eq(domainClaims.domain, domain))
  const [claim] = await withOrg(orgId, (tx) => tx.select().from(domainClaims).where(mine))
  if (!claim) return null
  if (!claim.verifiedAt && claim.expiresAt <= new Date()) return 'expired'
  // Outside any transaction: a slow name server holds no connection.
  const found = judgeRecord(await lookup(challengeName(domain)), claim.token)
  const result = await withOrg(orgId, async (tx) => {
    const [now] = await tx.select().from(domainClaims).where(mine).for('update')
    // Released, or claimed anew, while the name server was asked.
    if (now?.token !== claim.token) return null
    const became = found === 'ok' && !now.verifiedAt ? await take(tx, orgId, domain) : found
    const at = new Date()
    const verifiedAt = now.verifiedAt ?? (became === 'ok' ? at : null)
    await tx.update(domainClaims).set({ result: became, checkedAt: at, verifiedAt }).where(mine)
    const diff: EventDiff[] = [
      ...(verifiedAt && !now.verifiedAt ? [{ path: 'state', before: 'claimed', after: 'verified' }] : []),
      ...(now.result === became
        ? []
        : [{ path: 'record', ...(now.result ? { before: now.result } : {}), after: became }]),
    ]
    const outcome = outcomeOf(became, diff.length > 0)
    const detail = checkSentence(became, domain, now.verifiedAt !== null)
    await told(tx, { org, actor }, domain, diff, {
      outcome,
      ...(outcome === 'failed' ? { error: { status: 409, detail } } : {}),
    })
    return became
  })
  if (result) wake(orgId)
  return result
}

/** The row every org reads: its key lets one org have it. The loser of a race waits for the winner's commit. */
async function take(tx: Tx, orgId: string, domain: string): Promise<'ok' | 'taken'> {
  const made = await tx
    .insert(domains)
    .values({ domain, orgId, verifiedAt: new Date() })
    .onConflictDoNothing()
    .returning({ domain: domains.domain })
  if (made.length > 0) return 'ok'
  const [has] = await tx.select({ orgId: domains.orgId }).from(domains).where(eq(domains.domain, domain))
  return has?.orgId === orgId ? 'ok' : 'taken'
}

export type Released = { ok: true } | { ok: false; problem: string }

/** Gives a domain up, verified or not: nobody finds this org by it any more. Null: there is no such claim. */
export async function releaseDomain({ org, actor }: OrgContext, domain: string): Promise<Released | null> {
  const { orgId } = org
  const result = await withOrg(orgId, async (tx): Promise<Released | null> => {
    // Who takes the last domain away and who switches to enforce wait for each other.
    const [now] = await tx
      .select({ policy: orgs.domainPolicy })
      .from(orgs)
      .where(eq(orgs.orgId, orgId))
      .for('no key update')
    const verified = await verifiedDomains(tx, orgId)
    if (now?.policy === 'enforce' && verified.length === 1 && verified[0] === domain) {
      const problem = `Only people of ${shownDomain(domain)} may be here now. Change the domain policy first.`
      return { ok: false, problem }
    }
    const gone = await tx
      .delete(domainClaims)
      .where(and(eq(domainClaims.orgId, orgId), eq(domainClaims.domain, domain)))
      .returning({ verifiedAt: domainClaims.verifiedAt })
    const lost = await tx
      .delete(domains)
      .where(and(eq(domains.orgId, orgId), eq(domains.domain, domain)))
      .returning({ domain: domains.domain })
    if (gone.length + lost.length === 0) return null
    await told(tx, { org, actor }, domain, [{ path: 'state', before: lost.length > 0 ? 'verified' : 'claimed' }])
    return { ok: true }
  })
  if (result?.ok) wake(orgId)
  return result
}

/** The domains the org has proved to be its own. */
export async function verifiedDomains(tx: Tx, orgId: string): Promise<string[]> {
  const rows = await tx.select({ domain: domains.domain }).from(domains).where(eq(domains.orgId, orgId)).orderBy(sql`1`)
  return rows.map((row) => row.domain)
}

function told(
  tx: Tx,
  { org, actor }: OrgContext,
  domain: string,
  diff: EventDiff[],
  rest: Pick<EventDraft, 'outcome' | 'error'> = { outcome: 'success' },
): Promise<string> {
  const target = { kind: 'domain', id: domain, name: shownDomain(domain) } as const
  return recordIn(tx, org.orgId, { type: 'domain.changed', actor, target, diff, ...rest })
}
