import 'server-only'
import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import type { Role } from '@/db/types'
import { hasRole } from '@/lib/directory/roles'
import { takeLimit } from '@/lib/limits'
import { begin } from './begun'
import { busyPage, busyPath } from './busy'
import { cookieName } from './cookies'
import { foreignOrigin, isOwnRequest } from './origin'
import { json, orUnavailable, UnavailableError, unavailable } from './respond'
import { expectSent, type Sent } from './sent'
import { readSession, type SessionState, type Viewer } from './session'
import { type Guest, readGuest } from './setup-link'
import { isSlug } from './slug'

export type { Viewer } from './session'

export type Authorized<V = Viewer> =
  | { kind: 'ok'; viewer: V }
  | { kind: 'anonymous' }
  | { kind: 'forbidden'; viewer: V }

/** The session this browser holds at the org, once per request. Only that org's cookie is read. */
export const currentSession = cache((slug: string): Promise<SessionState> => freshSession(slug))

async function freshSession(slug: string): Promise<SessionState> {
  if (!isSlug(slug)) return { kind: 'none' }
  const token = (await cookies()).get(cookieName(slug, 'session'))?.value
  return orUnavailable(() => readSession(slug, token))
}

/** The one judgement: nobody, somebody without the role, or whoever may. */
export const judge = <V extends { role: Role }>(viewer: V | null, need: Role): Authorized<V> =>
  viewer ? { kind: hasRole(viewer.role, need) ? 'ok' : 'forbidden', viewer } : { kind: 'anonymous' }

/**
 * The one door: who is asking for something of this org, and may they? Read anew from the database at each call outside
 * of a page's rendering. An unknown org and a missing session are alike. Throws UnavailableError when the database is
 * away.
 */
export async function authorize(slug: string, need: Role): Promise<Authorized> {
  begin()
  const state = await currentSession(slug)
  return judge(state.kind === 'live' ? state.viewer : null, need)
}

/** For pages: sends the anonymous to sign in (and back to `from`), answers 403 to others without the role. */
export async function requirePage(slug: string, need: Role = 'member', from?: string): Promise<Viewer> {
  const door = await authorize(slug, need)
  if (door.kind === 'anonymous') redirect(signInPath(slug, from))
  if (door.kind === 'forbidden') forbidden()
  return door.viewer
}

/** For JSON routes, streams and exports: the viewer, or the 401, 403 or 503 to answer with. */
export async function requireJson(slug: string, need: Role): Promise<{ viewer: Viewer } | { response: Response }> {
  try {
    const door = await authorize(slug, need)
    if (door.kind === 'ok') return { viewer: door.viewer }
    if (door.kind === 'forbidden') {
      return { response: json(403, { error: `This needs the role ${need}; yours is ${door.viewer.role}.` }) }
    }
    return { response: json(401, { error: 'You are not signed in to this organization.' }) }
  } catch (error) {
    if (error instanceof UnavailableError) return { response: unavailable() }
    throw error
  }
}

/**
 * For server actions: authorises the action itself, refuses a form sent from another origin, and one person's forms
 * beyond the limit. `sent`: what else the action was called with.
 */
export async function requireAction(slug: string, need: Role, sent: Sent = {}): Promise<Viewer> {
  expectSent({ slug, ...sent })
  if (!isOwnRequest(await headers())) forbidden()
  const viewer = await requirePage(slug, need)
  const taken = await takeLimit('adminWrites', `${viewer.orgId} ${viewer.userId}`)
  if (!taken.ok) redirect(busyPath(taken.retryAfter))
  return viewer
}

/** The same for a plain form sent to a route: the viewer, or the answer to give, in words. */
export async function requirePost(
  req: Request,
  slug: string,
  need: Role,
): Promise<{ viewer: Viewer } | { response: Response }> {
  if (!isOwnRequest(req.headers)) return { response: foreignOrigin() }
  const door = await requireJson(slug, need)
  if ('response' in door) return door
  const taken = await takeLimit('adminWrites', `${door.viewer.orgId} ${door.viewer.userId}`)
  return taken.ok ? door : { response: busyPage(req.headers, taken.retryAfter) }
}

export type SetupDoor = { kind: 'admin'; viewer: Viewer } | { kind: 'guest'; guest: Guest }

/** For the setup pages alone: an admin, or who came by a setup link. Everybody else is refused as by `requirePage`. */
export async function requireSetup(slug: string, from?: string): Promise<SetupDoor> {
  const door = await authorize(slug, 'admin')
  if (door.kind === 'ok') return { kind: 'admin', viewer: door.viewer }
  const guest = await currentGuest(slug)
  if (guest) return { kind: 'guest', guest }
  return door.kind === 'anonymous' ? redirect(signInPath(slug, from)) : forbidden()
}

/** Who came here by a setup link of the org; null for anybody else. */
export const currentGuest = cache(async (slug: string): Promise<Guest | null> => {
  if (!isSlug(slug)) return null
  const visit = (await cookies()).get(cookieName(slug, 'setup'))?.value
  return orUnavailable(() => readGuest(slug, visit))
})

/** For the actions of the setup pages. */
export async function requireSetupAction(slug: string, sent: Sent = {}): Promise<SetupDoor> {
  expectSent({ slug, ...sent })
  if (!isOwnRequest(await headers())) forbidden()
  const door = await requireSetup(slug)
  const who = door.kind === 'admin' ? door.viewer.userId : door.guest.linkId
  const { orgId } = door.kind === 'admin' ? door.viewer : door.guest
  const taken = await takeLimit('adminWrites', `${orgId} ${who}`)
  if (!taken.ok) redirect(busyPath(taken.retryAfter))
  return door
}

export const signInPath = (slug: string, from?: string): string =>
  `/sign-in/${encodeURIComponent(slug)}${from ? `?from=${encodeURIComponent(from)}` : ''}`
