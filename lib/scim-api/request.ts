import type { Ref } from '@/lib/directory/memberships'
import type { GroupFound, UserFound } from '@/lib/directory/scim-read'
import type { ScimWrite } from '@/lib/directory/scim-users'
import { attributesOf } from '@/lib/directory/user-state'
import type { EventType } from '@/lib/events/types'
import { isId } from '@/lib/ids'
import { ScimError } from '@/lib/scim/errors'
import { userEtag, versionEtag } from '@/lib/scim/etag'
import { type Projection, project, projectionOf } from '@/lib/scim/projection'
import { groupResource, userResource } from '@/lib/scim/resource'
import { baseUrl } from './answer'
import { type Context, headerOf, requestFacts } from './context'

/** Notes what was tried on whom, for the event of a refusal, and gives the id. */
export function target(c: Context, type: EventType): string {
  const id = c.req.param('id') ?? ''
  c.set('attempt', { type, targetId: id })
  return id
}

/** An id that is no uuid cannot be anybody's; the zero id takes it to the same 404 without reaching a uuid cast. */
export const known = (id: string): string => (isId(id) ? id : '00000000-0000-0000-0000-000000000000')

/** What the answer shows, as the query says (RFC 7644 §3.9). */
export const projectionFrom = (c: Context, type: 'User' | 'Group'): Projection =>
  projectionOf(c.req.query('attributes'), c.req.query('excludedAttributes'), type)

/** The address of this org's service. */
export const baseOf = (c: Context): string => baseUrl(c.get('credential').org.slug)

export const etagOfUser = ({ row, groups }: UserFound): string => userEtag(row.version, groups)
export const etagOfGroup = ({ row }: Pick<GroupFound, 'row'>): string => versionEtag(row.version)

/** A user as this client may see it now. */
export function showUser(c: Context, found: UserFound, shown: Projection): Record<string, unknown> {
  const { id, createdAt, updatedAt } = found.row
  const stored = { id, created: createdAt, modified: updatedAt, version: etagOfUser(found) }
  return project(
    userResource({ ...stored, attributes: attributesOf(found.row), groups: found.groups }, baseOf(c)),
    shown,
  )
}

/** A group; its members only where they were loaded. */
export function showGroup(c: Context, found: GroupFound, shown: Projection): Record<string, unknown> {
  const { id, displayName, externalId, createdAt, updatedAt } = found.row
  const stored = { id, created: createdAt, modified: updatedAt, version: etagOfGroup(found) }
  const members: { members?: Ref[] } = found.members ? { members: found.members } : {}
  return project(groupResource({ ...stored, attributes: { displayName, externalId }, ...members }, baseOf(c)), shown)
}

/** What every write says about its request. */
export function writeOf(c: Context): Omit<ScimWrite, 'respond'> {
  const { org, domains, tokenId, mode, scimState } = c.get('credential')
  const scope = c.get('scope')
  return {
    org: scope,
    domains: scope.orgId === org.orgId ? domains : undefined,
    actor: { kind: 'okta', tokenId },
    options: { mode },
    pending: scimState === 'pending',
    ifMatch: headerOf(c, 'if-match'),
    trace: c.get('trace'),
    request: { ...requestFacts(c), body: c.get('body') },
  }
}

/** 405 with the verbs that work (RFC 9110 §15.5.6). */
export function onlyAllows(c: Context, verbs: string): never {
  c.set('allow', verbs)
  throw new ScimError(405, undefined, `${c.req.method} is not possible on ${c.req.path.slice(0, 120)}. Use ${verbs}.`)
}
