import { getOrgIdBySlug } from '@/db/global'
import { addressKey } from '@/lib/address'
import { recordEvent, recordRefusedToken } from '@/lib/events/record'
import { takeLimit } from '@/lib/limits'
import { checkToken, type RefusedToken, type ScimCredential } from '@/lib/orgs/check-token'
import { parseToken } from '@/lib/orgs/token-format'
import { ScimError } from '@/lib/scim/errors'
import { type Context, headerOf, requestFacts, trace } from './context'

/** The one answer for every token that is not this org's, so that it tells nothing about which orgs or tokens exist. */
const unauthorized = () =>
  new ScimError(
    401,
    undefined,
    'The bearer token is missing or not valid for this address. Check the SCIM base URL and the token in Okta.',
  )

const tooManyWrong = (seconds: number) =>
  new ScimError(
    429,
    undefined,
    `Too many requests with a wrong token came from your address. Correct the token, then try again in ${seconds} seconds.`,
    seconds,
  )

/** How a token that has not its form was spoilt on the way, when it can be told. */
function spoilt(token: string): 'doubled' | 'spaced' | 'malformed' {
  if (/^bearer\s/i.test(token)) return 'doubled'
  return parseToken(token.replace(/\s+/g, '')) ? 'spaced' : 'malformed'
}

/** `Bearer x`, or the bare value Okta sends when the admin typed it without the word. Null when there is none. */
export function presentedToken(header: string | undefined): string | null {
  const value = header?.trim() ?? ''
  const [, bearer] = /^bearer\s+(.*)$/i.exec(value) ?? []
  const token = (bearer ?? value).trim()
  return token === '' ? null : token
}

/** The steps of a token that is live and in its place. */
export const admitted = ({ tokenId, org }: ScimCredential) => [
  { step: 'credential', outcome: 'ok' as const, text: `Token ${tokenId} is live` },
  { step: 'org', outcome: 'ok' as const, text: `The token belongs to ${org.name}, and so does the address` },
]

type Checked = ScimCredential | RefusedToken | { refused: 'missing'; orgId?: undefined; token?: undefined }

/**
 * The credential decides the org; the org in the URL only has to agree (DESIGN §6). Throws the one 401. A refusal is
 * noted in the log of the org whose address was used, and for a live token of another org in that org's log too.
 */
export async function authenticate(c: Context, slug: string): Promise<ScimCredential> {
  const token = presentedToken(headerOf(c, 'authorization'))
  const checked: Checked = token === null ? { refused: 'missing' } : await checkToken(token, c.get('ip'))
  if (!('refused' in checked) && checked.org.slug === slug) {
    for (const { step, text } of admitted(checked)) trace(c, step, text)
    return checked
  }
  const refused = 'refused' in checked ? checked.refused : 'other-org'
  const reason = refused === 'malformed' && token !== null ? spoilt(token) : refused
  const addressed = await getOrgIdBySlug(slug)
  // Another company's log learns nothing of whose token it was.
  const own = 'refused' in checked && checked.orgId === addressed ? checked.token : undefined
  if (addressed) recordRefusedToken(addressed, { reason, token: own, ...requestFacts(c) })
  if (!('refused' in checked)) await blocked(c, checked)
  // Only now, after the failure: a client with a right token is never counted, nor held up by others at its address.
  const taken = await takeLimit('wrongTokens', addressKey(c.get('ip')))
  throw taken.ok ? unauthorized() : tooManyWrong(taken.retryAfter)
}

/** A company's own token used on another's address: its admins should know where their token goes. */
async function blocked(c: Context, credential: ScimCredential): Promise<void> {
  const detail =
    'A token of this organization was used on another organization’s address. Check the SCIM base URL in Okta.'
  await recordEvent(credential.org.orgId, {
    type: 'access.blocked',
    outcome: 'blocked',
    actor: { kind: 'okta', tokenId: credential.tokenId },
    ...requestFacts(c),
    status: 401,
    error: { status: 401, detail },
    trace: [
      { step: 'credential', outcome: 'ok', text: `Token ${credential.tokenId} is live` },
      { step: 'org', outcome: 'failed', text: `It belongs to ${credential.org.name}; the address does not` },
    ],
  })
}
