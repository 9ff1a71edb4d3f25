import 'server-only'
import { cookies, headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import type { Role } from '@/db/types'
import { type Authorized, judge } from '@/lib/auth/authorize'
import { readCookies } from '@/lib/auth/cookies'
import { foreignOrigin, isOwnRequest, ownHost } from '@/lib/auth/origin'
import { json } from '@/lib/auth/respond'
import { expectSent, type Sent } from '@/lib/auth/sent'
import { env } from '@/lib/env'
import type { Actor } from '@/lib/events/event'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { demoCompanies } from './companies'
import { DEMO_KEY_COOKIE, isDemoKey } from './key'

/** The demo at one company: no person and no session. It may what an admin may there, and events name it "The demo". */
export type DemoViewer = { orgId: string; orgSlug: string; orgName: string; role: Role; actor: Actor }

/**
 * The door of demo pages: what `authorize` is for people. Anonymous wherever this is no demo, and at every company that is
 * not one of the demo's own, so that a demo beside real companies shows none of them.
 */
export async function authorizeDemo(slug: string, need: Role = 'admin'): Promise<Authorized<DemoViewer>> {
  if (!env().ROLLCALL_DEMO) return judge<DemoViewer>(null, need)
  const ours = (await demoCompanies()).some((company) => company.slug === slug)
  const org = ours ? await getOrgBySlug(slug) : null
  const actor: Actor = { kind: 'demo' }
  return judge(org && { orgId: org.orgId, orgSlug: slug, orgName: org.name, role: 'admin', actor }, need)
}

/** The demo at a company it has. Throws where it has none of that name. */
export async function demoViewer(slug: string): Promise<DemoViewer> {
  const door = await authorizeDemo(slug)
  if (door.kind !== 'ok') throw new Error(`The demo may not look at ${slug}`)
  return door.viewer
}

/** For what acts at companies a demo made for itself: throws wherever this is no demo. */
export function requireDemoMode(): void {
  if (!env().ROLLCALL_DEMO) throw new Error('This is no demo')
}

/**
 * Asked for by this machine's own name: a page elsewhere whose name was made to lead here (DNS rebinding) reads nothing.
 */
function isDemoRequest(asked: Headers): boolean {
  return env().ROLLCALL_DEMO && asked.get('host') === ownHost()
}

const showsKey = async (): Promise<boolean> => isDemoKey((await cookies()).get(DEMO_KEY_COOKIE)?.value)

/** For the page that asks for the key: 404 wherever this is no demo. */
export async function requireDemoHost(): Promise<void> {
  if (!isDemoRequest(await headers())) notFound()
}

/** For demo pages: 404 wherever this is no demo; who lacks the key of one that has a key is asked for it. */
export async function requireDemo(): Promise<void> {
  await requireDemoHost()
  if (!(await showsKey())) redirect('/demo/key')
}

/** For demo actions: the same, and only from our own pages. `sent`: what the action was called with. */
export async function requireDemoAction(sent: Sent = {}): Promise<void> {
  expectSent(sent)
  if (!isOwnRequest(await headers())) forbidden()
  await requireDemo()
}

/** For the route that takes the key: null, or the answer to give. State changes must come from our own pages. */
export function refuseDemoHost(req: Request): Response | null {
  if (!isDemoRequest(req.headers)) return json(404, { error: 'Nothing is here.' })
  if (req.method !== 'GET' && !isOwnRequest(req.headers)) return foreignOrigin()
  return null
}

/** For demo routes: the same, and the key of a demo that has one. */
export function refuseDemo(req: Request): Response | null {
  const refused = refuseDemoHost(req)
  if (refused) return refused
  if (!isDemoKey(readCookies(req)[DEMO_KEY_COOKIE]))
    return json(403, { error: 'This demo needs its key: open the link with the key that its terminal printed.' })
  return null
}
