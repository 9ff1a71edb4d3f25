import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, type ScimWrite } from '@/lib/directory/scim-users'
import { putConnection } from '@/lib/orgs/connections'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { admit } from '../admit'
import { createSession, newSessionToken } from '../create-session'
import { readSession, type Viewer } from '../session'
import { startIssuer } from './issuer'

export const scimOf = (org: TestOrg): ScimWrite => ({
  org,
  actor: { kind: 'okta', tokenId: 'test' },
  options: { mode: 'okta' },
})

let n = 0
/** A person of the org, pushed by Okta, whose Okta id is `sub`. */
export async function hire(org: TestOrg) {
  const sub = `00u${++n}`
  const userName = `person${n}@${org.domain}`
  const { row } = await createUser(scimOf(org), { userName, externalId: sub })
  return { id: row.id, sub, userName, org }
}
export type Hired = Awaited<ReturnType<typeof hire>>

/** Two orgs connected to an issuer of ours. */
export async function startBed() {
  const okta = await startIssuer()
  setEnvironment({ ROLLCALL_ISSUER_ALLOW: new URL(okta.issuer).origin })
  const connected = async (name: string) => {
    const org = await makeTestOrg(name)
    await putConnection(org.orgId, { issuer: okta.issuer, clientId: 'client', clientSecret: 'secret' })
    return org
  }
  return {
    okta,
    porter: await connected('Porter'),
    rabbit: await connected('White Rabbit'),
    /** A session of the person; the function returned looks at it again and throws once it is over. */
    open: async ({ org, sub }: Hired, kind: 'okta' | 'recovery' = 'okta') => {
      const admitted = await admit(org, { issuer: okta.issuer, sub, email: null })
      if (admitted.kind !== 'admitted') throw new Error(admitted.reason)
      const token = newSessionToken(org.orgId)
      const made = await createSession(org.orgId, { token, userId: admitted.userId, epoch: admitted.epoch, kind })
      if (!made.ok) throw new Error(made.reason)
      return async (): Promise<Viewer> => {
        const state = await readSession(org.slug, token)
        if (state.kind !== 'live') throw new Error(state.kind)
        return state.viewer
      }
    },
    close: async () => {
      okta.close()
      await shutdown()
    },
  }
}
