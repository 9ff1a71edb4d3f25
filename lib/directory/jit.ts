import 'server-only'
import { newId } from '@/lib/ids'
import { getOrg } from '@/lib/orgs/orgs'
import { foldKey } from '@/lib/scim/text'
import type { UserAttributes } from '@/lib/scim/user'
import { findByName, writeUser } from './write-user'

export type JitClaims = { sub: string; email: string; givenName?: string; familyName?: string }

/**
 * Makes the user of a first sign-in, where the org lets sign-in do so. The userName is the e-mail; one that exists
 * already throws, since linking is the caller's decision.
 */
export async function createJitUser(orgId: string, claims: JitClaims): Promise<{ userId: string; epoch: number }> {
  const org = await getOrg(orgId)
  if (!org) throw new Error('No such org')
  const name = {
    ...(claims.givenName ? { givenName: claims.givenName } : {}),
    ...(claims.familyName ? { familyName: claims.familyName } : {}),
  }
  const attributes: UserAttributes = {
    userName: claims.email,
    active: true,
    ...(Object.keys(name).length > 0 ? { name } : {}),
    emails: [{ value: claims.email, type: 'work', primary: true }],
  }
  const written = await writeUser({ org, actor: { kind: 'system' } }, async (tx) => {
    if (await findByName(tx, orgId, foldKey(claims.email))) throw new Error('A user with this userName exists')
    const trace = [
      { step: 'policy', outcome: 'ok' as const, text: 'This organization lets a first sign-in create a person' },
    ]
    return {
      found: null,
      id: newId(),
      state: { attributes, source: 'jit', manualRole: null, deleted: false, held: false },
      trace,
    }
  })
  return { userId: written.row.id, epoch: written.row.sessionEpoch }
}
