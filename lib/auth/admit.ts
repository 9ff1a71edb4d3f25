import 'server-only'
import { and, eq, isNull, or } from 'drizzle-orm'
import { uniqueViolation } from '@/db/errors'
import { getOrgIdByDomain } from '@/db/global'
import { idpLinks, users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventTrace } from '@/db/types'
import { createJitUser } from '@/lib/directory/jit'
import { domainOfAddress } from '@/lib/orgs/domain-name'
import type { Org } from '@/lib/orgs/orgs'
import { foldKey } from '@/lib/scim/text'
import { type Admission, type Candidate, decideAdmission, type PolicyRefusal } from './decide'

/** What the org's Okta says about the person, from a verified ID token. */
export type Claims = {
  issuer: string
  sub: string
  email: string | null
  givenName?: string | undefined
  familyName?: string | undefined
}

export type Admitted = { kind: 'admitted'; userId: string; name: string; epoch: number; trace: EventTrace[] }
export type Refused = { kind: 'refused'; reason: PolicyRefusal; user: Candidate | null; trace: EventTrace[] }

const ATTEMPTS = 3

/**
 * Finds or makes the user who is signing in and links the Okta identity, or refuses. The epoch returned is the one
 * createSession must still find.
 */
export async function admit(org: Org, claims: Claims): Promise<Admitted | Refused> {
  const domain = await whoseDomain(org.orgId, claims.email)
  for (let attempt = 1; ; attempt++) {
    try {
      const decided = await withOrg(org.orgId, (tx) => decideAndLink(tx, org, claims, domain))
      if (decided.kind === 'create') {
        const made = await createAndAdmit(org, claims, decided)
        if (made) return made
        if (attempt >= ATTEMPTS) return nameTaken(decided.trace)
        // Most likely the same person's other tab, which links itself a moment later.
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt))
        continue
      }
      const { trace } = decided
      if (decided.kind === 'refuse') return { kind: 'refused', reason: decided.reason, user: decided.user, trace }
      const { id, name, epoch } = decided.user
      return { kind: 'admitted', userId: id, name, epoch, trace }
    } catch (error) {
      // Two first sign-ins at once: the second finds what the first linked or created.
      if (!uniqueViolation(error) || attempt >= ATTEMPTS) throw error
    }
  }
}

/** Whom these claims would sign in, and why, by the same decision; links and makes nobody. */
export async function previewAdmission(org: Org, claims: Claims): Promise<Admission> {
  const domain = await whoseDomain(org.orgId, claims.email)
  return withOrg(org.orgId, (tx) => decide(tx, org, claims, domain))
}

async function decideAndLink(tx: Tx, org: Org, claims: Claims, domain: Domain): Promise<Admission> {
  const decided = await decide(tx, org, claims, domain)
  if (decided.kind === 'admit' && decided.link) await link(tx, org.orgId, decided.user.id, claims)
  return decided
}

async function decide(tx: Tx, org: Org, claims: Claims, domain: Domain): Promise<Admission> {
  const { issuer, sub, email } = claims
  const found = await findCandidates(tx, org.orgId, claims)
  const key = email && foldKey(email)
  return decideAdmission({
    issuer,
    sub,
    email,
    domain,
    bySub: found.find((c) => c.linkedIssuer === issuer && c.linkedSub === sub) ?? null,
    byExternalId: found.find((c) => c.externalId === sub) ?? null,
    byEmail: key ? found.filter((c) => c.emailKey === key) : [],
    jit: org.jit,
    enforced: org.domainPolicy === 'enforce',
  })
}

type Found = Candidate & { emailKey: string | null; linkedSub: string | null }

/** Locked, so that a SCIM change of the externalId cannot slip between this decision and the link it leads to. */
async function findCandidates(tx: Tx, orgId: string, { issuer, sub, email }: Claims): Promise<Found[]> {
  return tx
    .select({
      id: users.id,
      name: users.displayName,
      active: users.active,
      held: users.held,
      epoch: users.sessionEpoch,
      externalId: users.externalId,
      emailKey: users.emailKey,
      linkedIssuer: idpLinks.issuer,
      linkedSub: idpLinks.sub,
    })
    .from(users)
    .leftJoin(idpLinks, and(eq(idpLinks.orgId, users.orgId), eq(idpLinks.userId, users.id)))
    .where(
      and(
        eq(users.orgId, orgId),
        isNull(users.deletedAt),
        or(
          and(eq(idpLinks.issuer, issuer), eq(idpLinks.sub, sub)),
          eq(users.externalId, sub),
          email ? eq(users.emailKey, foldKey(email)) : undefined,
        ),
      ),
    )
    .for('update', { of: users })
}

async function link(tx: Tx, orgId: string, userId: string, { issuer, sub }: Claims): Promise<void> {
  const linkedAt = new Date()
  await tx
    .insert(idpLinks)
    .values({ orgId, userId, issuer, sub, linkedAt })
    .onConflictDoUpdate({ target: [idpLinks.orgId, idpLinks.userId], set: { issuer, sub, linkedAt } })
}

async function createAndAdmit(
  org: Org,
  claims: Claims,
  { email, trace }: Extract<Admission, { kind: 'create' }>,
): Promise<Admitted | null> {
  const { issuer, sub, givenName, familyName } = claims
  const names = { ...(givenName ? { givenName } : {}), ...(familyName ? { familyName } : {}) }
  const created = await createJitUser(org.orgId, { sub, email, ...names }).catch(async (error) => {
    if (await isNameTaken(org.orgId, email)) return null
    throw error
  })
  if (!created) return null
  const { userId, epoch } = created
  await withOrg(org.orgId, (tx) => link(tx, org.orgId, userId, { issuer, sub, email }))
  const name = [givenName, familyName].filter(Boolean).join(' ') || email
  const text = 'Created at first sign-in (JIT) and linked to the Okta identity'
  return { kind: 'admitted', userId, name, epoch, trace: [...trace, { step: 'policy', outcome: 'ok', text }] }
}

function isNameTaken(orgId: string, userName: string): Promise<boolean> {
  const named = and(eq(users.orgId, orgId), eq(users.userNameKey, foldKey(userName)), isNull(users.deletedAt))
  return withOrg(orgId, async (tx) => (await tx.select({ id: users.id }).from(users).where(named)).length > 0)
}

function nameTaken(trace: EventTrace[]): Refused {
  const text = 'Another user has this e-mail as userName, so signing in creates nobody'
  const last = { step: 'policy', outcome: 'failed' as const, text }
  return { kind: 'refused', reason: 'not_provisioned', user: null, trace: [...trace, last] }
}

type Domain = 'ours' | 'another' | 'nobody'

async function whoseDomain(orgId: string, email: string | null): Promise<Domain> {
  const domain = email === null ? null : domainOf(email)
  const owner = domain && (await getOrgIdByDomain(domain))
  if (!owner) return 'nobody'
  return owner === orgId ? 'ours' : 'another'
}

/** The domain of an e-mail address, normalised and strictly checked before it is compared; null for anything else. */
export function domainOf(address: string): string | null {
  const text = address.normalize('NFKC').trim().toLowerCase()
  return text.length > 254 ? null : domainOfAddress(text)
}
