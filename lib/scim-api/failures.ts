import { isForeignOrg, isUnavailable } from '@/db/errors'
import { nameOfTarget } from '@/lib/directory/target-name'
import type { EventDraft } from '@/lib/events/event'
import { recordEvent } from '@/lib/events/record'
import { eventRef } from '@/lib/ids'
import { log } from '@/lib/log'
import { errorBody, ScimError, type ScimErrorBody } from '@/lib/scim/errors'
import { answer } from './answer'
import { type Context, requestFacts } from './context'
import { timeEvent } from './record'

const RETRY_SECONDS = 5

/** Every refusal and failure becomes a SCIM error here, once (RFC 7644 §3.12), with its event where an org is known. */
export async function fail(error: unknown, c: Context): Promise<Response> {
  const known = error instanceof ScimError ? error : unexpected(error, c)
  const headers: Record<string, string> = {}
  if (known.status === 401) headers['www-authenticate'] = 'Bearer realm="scim"'
  const retry = known.retryAfter ?? (known.status === 503 ? RETRY_SECONDS : undefined)
  if (retry !== undefined) headers['retry-after'] = String(retry)
  if (known.status === 405 && c.get('allow')) headers.allow = c.get('allow')
  return answer(c, known.status, await explain(c, known), headers)
}

/** The JSON of a refusal, with the reference of the event that tells about it. */
export async function explain(c: Context, error: ScimError): Promise<ScimErrorBody> {
  const event = error.status < 500 || error.status === 501 ? await recordFailure(c, error) : null
  return errorBody(error, event ? `${error.detail} (${eventRef(event)})` : error.detail)
}

function unexpected(error: unknown, c: Context): ScimError {
  if (isUnavailable(error)) {
    log().warn({ requestId: c.get('requestId'), err: error }, 'database unavailable')
    return new ScimError(
      503,
      undefined,
      `Rollcall cannot reach its database right now. Nothing was written; try again in ${RETRY_SECONDS} seconds.`,
    )
  }
  log().error({ requestId: c.get('requestId'), err: error }, 'scim request failed')
  // Never in a service with all its walls; where it happens it has to be in the log of whose token it was.
  if (isForeignOrg(error)) {
    return new ScimError(
      403,
      undefined,
      'The database refused to reach for rows of another organization. Nothing was written.',
    )
  }
  return new ScimError(
    500,
    undefined,
    `Something failed on our side. Nothing was written. Quote request ${c.get('requestId')}.`,
  )
}

/** Whom it was about: who is addressed, or who would have been made, by the name that was sent. */
async function targetOf(
  c: Context,
  { type, targetId }: Context['var']['attempt'],
): Promise<Pick<EventDraft, 'target'>> {
  const kind = type.startsWith('group.') ? 'group' : 'user'
  if (targetId) {
    const { orgId } = c.get('credential').org
    return { target: { kind, id: targetId, name: await nameOfTarget(orgId, kind, targetId) } }
  }
  if (type !== 'user.created' && type !== 'group.created') return {}
  const sent = c.get('body')
  const wanted = kind === 'user' ? 'username' : 'displayname'
  const name =
    sent && typeof sent === 'object' ? Object.entries(sent).find(([key]) => key.toLowerCase() === wanted) : null
  return typeof name?.[1] === 'string' && name[1] ? { target: { kind, id: null, name: name[1] } } : {}
}

/** The event of a refused attempt, right after it. Null without a known org, or when the log cannot be written either. */
async function recordFailure(c: Context, error: ScimError): Promise<string | null> {
  const credential = c.get('credential')
  if (!credential) return null
  const attempt = c.get('attempt') ?? { type: 'request.rejected' }
  const missing = error.status === 404 && attempt.targetId !== undefined
  const { status, scimType, detail } = error
  const facts = { status, detail, ...(scimType ? { scimType } : {}) }
  try {
    const eventId = await recordEvent(credential.org.orgId, {
      type: missing && attempt.type.startsWith('user.') ? 'user.not_found' : attempt.type,
      outcome: 'failed',
      actor: { kind: 'okta', tokenId: credential.tokenId },
      ...(await targetOf(c, attempt)),
      ...requestFacts(c),
      status,
      error: facts,
      trace: [...c.get('trace'), { step: 'refuse', outcome: 'failed', text: detail }],
      request: c.get('body'),
      response: errorBody(error),
    })
    timeEvent(c, eventId)
    return eventId
  } catch (failure) {
    log().warn({ err: failure }, 'the event of a refused request could not be written')
    return null
  }
}
