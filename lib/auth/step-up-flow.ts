import 'server-only'
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import { idpLinks, sessions } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { takeLimit } from '@/lib/limits'
import { log } from '@/lib/log'
import { getConnection } from '@/lib/orgs/connections'
import { actorOf } from './actor'
import { readCookies } from './cookies'
import { classifyOktaError } from './failure'
import { returnPath } from './origin'
import { ipOf } from './request'
import { seeOther } from './respond'
import type { Viewer } from './session'
import { isSteppedUp } from './step-up'
import { confirmedBy, stepUpAddress } from './step-up-okta'
import { classifyStepUp, refuseStepUp, type StepUpRefusal } from './step-up-refusal'
import {
  dropTransaction,
  keepTransaction,
  newTransaction,
  type Transaction,
  transactionOf,
} from './step-up-transaction'

const headers = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }

/** Sends the person to their Okta to confirm who they are, and from there back to `to`, a page of their org. */
export async function beginStepUp(req: Request, viewer: Viewer, wanted: string | null): Promise<Response> {
  const slug = viewer.orgSlug
  const to = returnPath(wanted, slug)
  const by = askedBy(req)
  // Next follows the redirect of an action by script, and navigates when it does not find a page of its own.
  if (by === 'script') return new Response(SCRIPT_ANSWER, { status: 200, headers })
  if (isSteppedUp(viewer)) return seeOther(to)
  // Another site may lead here, but not start it: the page has the link.
  if (by === 'stranger') return seeOther(`/orgs/${slug}/step-up?to=${encodeURIComponent(to)}`)
  const limit = await takeLimit('signIns', `step-up ${viewer.sessionId}`)
  if (!limit.ok) {
    const text = `Too many confirmations were begun. Try again in ${limit.retryAfter} seconds.`
    return new Response(text, { status: 429, headers: { ...headers, 'retry-after': String(limit.retryAfter) } })
  }
  const refuse = async (reason: StepUpRefusal) => seeOther(await refuseStepUp(viewer, reason, to, ipOf(req)))
  const connection = await getConnection(viewer.orgId)
  if (!connection) return refuse('connection_off')
  if ((await linkOf(viewer))?.issuer !== connection.issuer) return refuse('not_linked')
  const transaction = newTransaction(viewer, to)
  try {
    const address = await stepUpAddress(connection, slug, transaction, viewer.email ?? viewer.userName)
    return seeOther(address, [keepTransaction(slug, transaction)])
  } catch (error) {
    return refuse(told(viewer, error))
  }
}

/** Okta's answer: the session counts as confirmed from now on, or a page says why not. Each answer is used once. */
export async function finishStepUp(req: Request, viewer: Viewer): Promise<Response> {
  const slug = viewer.orgSlug
  const gone = [dropTransaction(slug)]
  const params = new URL(req.url).searchParams
  const transaction = transactionOf(viewer, readCookies(req), params.get('state'))
  // The Back button after one that went well leads on.
  const late = () => seeOther(isSteppedUp(viewer) ? `/orgs/${slug}` : `/orgs/${slug}/step-up?late=1`, gone)
  if (!transaction) return late()
  const { to } = transaction
  const outcome = await judge(viewer, transaction, params)
  if (outcome !== 'confirmed') return seeOther(await refuseStepUp(viewer, outcome, to, ipOf(req)), gone)
  return (await confirm(viewer, transaction, ipOf(req))) ? seeOther(to, gone) : late()
}

/** What Okta answered, checked against who began it. */
async function judge(viewer: Viewer, t: Transaction, params: URLSearchParams): Promise<StepUpRefusal | 'confirmed'> {
  const connection = await getConnection(viewer.orgId)
  if (!connection) return 'connection_off'
  // RFC 9207: an answer that names its issuer names ours.
  const iss = params.get('iss')
  if (iss !== null && iss !== connection.issuer) return 'wrong_issuer'
  const error = params.get('error')
  if (error) return classifyOktaError(error) === 'not_assigned' ? 'not_assigned' : 'okta_error'
  try {
    const confirmed = await confirmedBy(connection, viewer.orgSlug, t, params.get('code') ?? '')
    if (confirmed.issuer !== connection.issuer) return 'wrong_issuer'
    const link = await linkOf(viewer)
    if (link?.issuer !== confirmed.issuer || link.sub !== confirmed.sub) return 'wrong_person'
    return confirmed.fresh ? 'confirmed' : 'not_fresh'
  } catch (cause) {
    return told(viewer, cause)
  }
}

function told(viewer: Viewer, error: unknown): StepUpRefusal {
  const reason = classifyStepUp(error)
  const message = error instanceof Error ? error.message.slice(0, 200) : 'no error'
  log().warn({ org: viewer.orgSlug, reason, message }, 'a confirmation with Okta failed')
  return reason
}

async function linkOf({ orgId, userId }: Viewer): Promise<{ issuer: string; sub: string } | null> {
  const [link] = await withOrg(orgId, (tx) =>
    tx
      .select({ issuer: idpLinks.issuer, sub: idpLinks.sub })
      .from(idpLinks)
      .where(and(eq(idpLinks.orgId, orgId), eq(idpLinks.userId, userId))),
  )
  return link ?? null
}

/** Marks the session, with its event in one commit. False: it has ended, or this confirmation was counted before. */
async function confirm(viewer: Viewer, { startedAt }: Transaction, ip: string | undefined): Promise<boolean> {
  const { orgId, userId, sessionId, displayName: name } = viewer
  const now = new Date()
  const done = await withOrg(orgId, async (tx) => {
    const marked = await tx
      .update(sessions)
      .set({ steppedUpAt: now })
      .where(
        and(
          eq(sessions.orgId, orgId),
          eq(sessions.id, sessionId),
          eq(sessions.userId, userId),
          isNull(sessions.endedAt),
          gt(sessions.expiresAt, now),
          or(isNull(sessions.steppedUpAt), lt(sessions.steppedUpAt, new Date(startedAt))),
        ),
      )
      .returning({ id: sessions.id })
    if (marked.length === 0) return false
    await recordIn(tx, orgId, {
      type: 'access.stepped_up',
      outcome: 'success',
      actor: actorOf(viewer),
      target: { kind: 'user', id: userId, name },
      trace: [
        { step: 'match', outcome: 'ok', text: 'The same Okta identity (issuer and sub) as the session’s person' },
        { step: 'policy', outcome: 'ok', text: 'Confirmed just now, with two factors' },
        { step: 'write', outcome: 'ok', text: 'Counts for five minutes, in this session' },
      ],
      ip,
    })
    return true
  })
  if (done) wake(orgId)
  return done
}

const SCRIPT_ANSWER = 'Open this address in the browser itself: it leads to Okta.'

/** Who asks: a person in our own pages, a script of ours that wants to follow a redirect, another site. */
function askedBy({ headers: asked }: Request): 'person' | 'script' | 'stranger' {
  const site = asked.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return 'stranger'
  const dest = asked.get('sec-fetch-dest')
  return dest === null || dest === 'document' ? 'person' : 'script'
}
