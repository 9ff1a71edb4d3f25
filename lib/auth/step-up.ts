import 'server-only'
import { redirect } from 'next/navigation'
import { returnPath } from './origin'
import type { Viewer } from './session'

/** How long one confirmation counts, for the session it was given in. */
const FRESH_MS = 5 * 60_000

/** True when the person confirmed with Okta who they are, in this session and lately; a recovery link has done so. */
export const isSteppedUp = ({ sessionKind, steppedUpAt }: Pick<Viewer, 'sessionKind' | 'steppedUpAt'>): boolean =>
  sessionKind === 'recovery' || (steppedUpAt !== null && Date.now() - steppedUpAt.getTime() < FRESH_MS)

/** Where "Confirm with Okta" leads: a plain link, back to `returnTo` afterwards (a page of that org). */
export const stepUpHref = (slug: string, returnTo: string): string =>
  `/api/orgs/${slug}/step-up/start?to=${encodeURIComponent(returnPath(returnTo, slug))}`

/** For actions that need it: sends who has not confirmed lately to Okta, and from there to `returnTo`. */
export function requireStepUp(viewer: Viewer, returnTo: string): void {
  if (!isSteppedUp(viewer)) redirect(stepUpHref(viewer.orgSlug, returnTo))
}
