import 'server-only'
import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { listSlugsLike } from '@/db/global'
import { connections, entitlements, orgs } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { putConnection } from '@/lib/orgs/connections'
import { createOrg, dropOrg } from '@/lib/orgs/create'
import { SCRATCH_PREFIX } from '@/lib/orgs/scratch-slug'
import { mintToken } from '@/lib/orgs/tokens'
import { OFFERED } from './entitlement-cases'

const LIVES_MS = 10 * 60_000

export type Scratch = { orgId: string; slug: string; token: string }

/**
 * A company that exists for one run: made like any other, with a token of ten minutes, nobody in it, and no way to sign
 * in (its issuer cannot exist, its sign-in is off). Gone afterwards; one that a crash left goes with the next run.
 */
export async function makeScratch(): Promise<Scratch> {
  const slug = `${SCRATCH_PREFIX}${randomBytes(8).toString('hex')}`
  const org = await createOrg(slug, 'OIN readiness run')
  if (!org) throw new Error('The company for the run could not be made')
  const { orgId } = org
  const client = {
    issuer: 'https://readiness.invalid',
    clientId: 'none',
    clientSecret: randomBytes(16).toString('hex'),
  }
  await putConnection(orgId, client)
  await withOrg(orgId, async (tx) => {
    await tx
      .update(orgs)
      .set({ scimRoles: [OFFERED.role], domainPolicy: 'off' })
      .where(eq(orgs.orgId, orgId))
    await tx.update(connections).set({ scimState: 'active', signIn: 'off' }).where(eq(connections.orgId, orgId))
    await tx.insert(entitlements).values({ orgId, ...OFFERED.entitlement })
  })
  const expiresAt = new Date(Date.now() + LIVES_MS)
  const { token } = await mintToken(orgId, { createdBy: 'OIN readiness', expiresAt })
  return { orgId, slug, token }
}

/** Removes the company with its people, groups and tokens. Its events are append-only: nobody can reach them any more. */
export const dropScratch = ({ orgId }: Pick<Scratch, 'orgId'>): Promise<void> => dropOrg(orgId)

/** Removes what runs left behind that never came to their end. */
export async function sweepScratch(now = Date.now()): Promise<number> {
  const left = (await listSlugsLike(SCRATCH_PREFIX)).filter(({ orgId }) => madeAt(orgId) < now - LIVES_MS)
  for (const each of left) await dropScratch(each)
  return left.length
}

/** A UUIDv7 begins with the millisecond it was made in. */
const madeAt = (orgId: string): number => Number.parseInt(orgId.replace('-', '').slice(0, 12), 16)
