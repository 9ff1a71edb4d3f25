import { and, eq } from 'drizzle-orm'
import { type APIRequestContext, request } from 'playwright'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { createSetupLink } from '@/lib/auth/setup-link'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { appUrl, newPerson, type OrgFixture, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'

/**
 * Who asks: nobody, the four roles here, an admin elsewhere, both companies' SCIM tokens, somebody who has left, an IT
 * person who came by a setup link.
 */
export const ACTORS = [
  'anonymous',
  'member',
  'manager',
  'admin',
  'owner',
  'other admin',
  'SCIM token',
  'other SCIM token',
  'deactivated',
  'guest',
] as const
export type Actor = (typeof ACTORS)[number]

export type Actors = Record<Actor, APIRequestContext>

/** An HTTP client of an app, ours or another, that follows no redirect by itself. */
export const context = (headers: Record<string, string> = {}, base = appUrl) =>
  request.newContext({ baseURL: base, extraHTTPHeaders: headers, maxRedirects: 0 })

/** One that has signed in as a person does. */
export async function signedIn(
  org: Pick<OrgFixture, 'slug'>,
  login: string,
  base = appUrl,
): Promise<APIRequestContext> {
  const asking = await context({}, base)
  const asked = await asking.post(`/sign-in/${org.slug}/start`, { form: {}, maxRedirects: 20 })
  const { origin } = new URL(asked.url())
  const done = await asking.post(asked.url(), { form: { login }, headers: { origin }, maxRedirects: 20 })
  if (!done.url().startsWith(`${base}/orgs/`)) throw new Error(`${login} could not sign in: ${done.url()}`)
  return asking
}

async function deactivated(): Promise<APIRequestContext> {
  const okta = oktaOf(porter)
  const person = newPerson('Gone')
  await okta.hire(person)
  await okta.update(person.login, { roles: ['manager'] })
  const asking = await signedIn(porter, person.login)
  await okta.run(person.login, 'deactivate')
  return asking
}

/** The admin's setup link, opened as the company's IT person does. */
async function guest(): Promise<APIRequestContext> {
  const org = await getOrgBySlug(porter.slug)
  if (!org) throw new Error('Porter is not there')
  const [maker] = await withOrg(org.orgId, (tx) =>
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.orgId, org.orgId), eq(users.userNameKey, porter.people.admin))),
  )
  if (!maker) throw new Error('Porter has no admin')
  const link = await createSetupLink({ org, actor: { kind: 'system' } }, maker.id)
  const asking = await context()
  const opened = await asking.post(`${link}/open`, { headers: { origin: appUrl } })
  if (!opened.headers().location?.endsWith('/admin/setup')) throw new Error(`The setup link did not open: ${link}`)
  return asking
}

/** One HTTP client an actor, each with what it really holds: cookies of a real sign-in, a real token, or nothing. */
export async function allActors(): Promise<Actors> {
  const { people } = porter
  return {
    anonymous: await context(),
    member: await signedIn(porter, people.member),
    manager: await signedIn(porter, people.manager),
    admin: await signedIn(porter, people.admin),
    owner: await signedIn(porter, people.owner),
    'other admin': await signedIn(whiteRabbit, whiteRabbit.people.admin),
    'SCIM token': await context({ authorization: `Bearer ${porter.scimToken}` }),
    'other SCIM token': await context({ authorization: `Bearer ${whiteRabbit.scimToken}` }),
    deactivated: await deactivated(),
    guest: await guest(),
  }
}

/** What an actor may at Porter at most; null for everybody who is nobody there. */
export const roleOf = (actor: Actor) =>
  actor === 'member' || actor === 'manager' || actor === 'admin' || actor === 'owner' ? actor : null
