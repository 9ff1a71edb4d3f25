import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { idpLinks, sessions, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, type ScimWrite } from '@/lib/directory/scim-users'
import { listEvents } from '@/lib/events/query'
import { putConnection } from '@/lib/orgs/connections'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { admit } from '../admit'
import { createSession, newSessionToken } from '../create-session'
import { universalLogoutUrl } from '../logout-token'
import { universalLogout } from '../universal-logout'
import { type LogoutIssuer, startLogoutIssuer } from './logout-issuer'

/** Two companies, each with an issuer of its own that can sign logout tokens. */
export let porter: TestOrg
export let rabbit: TestOrg
export let okta: LogoutIssuer
export let theirs: LogoutIssuer

/** Sets them up for the tests of the calling file. */
export function withLogoutBed(): void {
  beforeAll(async () => {
    // Both shapes Okta has: a custom authorization server, and the org server without a path.
    okta = await startLogoutIssuer('/oauth2/porter')
    theirs = await startLogoutIssuer('')
    const origins = [okta, theirs].map(({ issuer }) => new URL(issuer).origin)
    setEnvironment({ ROLLCALL_ISSUER_ALLOW: origins.join(','), ROLLCALL_LIMIT_WRONG_TOKENS: '1000' })
    porter = await makeTestOrg('Porter')
    rabbit = await makeTestOrg('White Rabbit')
    const client = { clientId: 'client', clientSecret: 'secret' }
    await putConnection(porter.orgId, { issuer: okta.issuer, ...client })
    await putConnection(rabbit.orgId, { issuer: theirs.issuer, ...client })
  })
  afterAll(async () => {
    okta.close()
    theirs.close()
    await shutdown()
  })
}

export const issuerOf = (org: TestOrg) => (org === porter ? okta : theirs)
export const write = (org: TestOrg): ScimWrite => ({
  org,
  actor: { kind: 'okta', tokenId: 't' },
  options: { mode: 'okta' },
})

let n = 0
export async function hire(org = porter, email?: string) {
  const sub = `00u${++n}`
  const userName = `person${n}@${org.domain}`
  const emails = [{ value: email ?? userName, type: 'work', primary: true }]
  const { row } = await createUser(write(org), { userName, externalId: sub, emails })
  return { id: row.id, sub, email: email ?? userName, org }
}
export type Person = Awaited<ReturnType<typeof hire>>

export async function signIn({ org, sub }: Person): Promise<string> {
  const found = await admit(org, { issuer: issuerOf(org).issuer, sub, email: null })
  if (found.kind !== 'admitted') throw new Error(found.reason)
  const token = newSessionToken(org.orgId)
  const { userId, epoch } = found
  const made = await createSession(org.orgId, { token, userId, epoch, kind: 'okta' })
  if (!made.ok) throw new Error(made.reason)
  return token
}

export const bySub = (person: Person) => ({ format: 'iss_sub', iss: issuerOf(person.org).issuer, sub: person.sub })
export const aud = (org: TestOrg) => universalLogoutUrl(org.slug)

export async function send(org: TestOrg | string, jwt: string | null, body: unknown): Promise<Response> {
  const slug = typeof org === 'string' ? org : org.slug
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (jwt !== null) headers.authorization = jwt.includes(' ') ? jwt : `Bearer ${jwt}`
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const req = new Request(`http://localhost:3000/api/orgs/${slug}/global-token-revocation`, {
    method: 'POST',
    headers,
    body: text,
  })
  return universalLogout(req, slug)
}

export const open = (person: Person) =>
  withOrg(person.org.orgId, async (tx) => {
    const { orgId } = person.org
    const rows = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.orgId, orgId), eq(sessions.userId, person.id), isNull(sessions.endedAt)))
    return rows.length
  })

export const rowOf = (person: Person) =>
  withOrg(person.org.orgId, async (tx) => {
    const { orgId } = person.org
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, orgId), eq(users.id, person.id)))
    const [link] = await tx
      .select()
      .from(idpLinks)
      .where(and(eq(idpLinks.orgId, orgId), eq(idpLinks.userId, person.id)))
    return { user, link }
  })

export const revocations = async (org: TestOrg) =>
  (await listEvents(org.orgId, { types: ['session.revoked'], limit: 100 })).events
