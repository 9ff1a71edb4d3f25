import { Hono } from 'hono'
import { getUser, listUsers } from '@/lib/directory/scim-read'
import { createUser, deleteUser, patchUser, replaceUser, type ScimWrite } from '@/lib/directory/scim-users'
import { attributesOf, type UserRow } from '@/lib/directory/user-state'
import type { Written } from '@/lib/directory/write-user'
import { isId } from '@/lib/ids'
import { ScimError } from '@/lib/scim/errors'
import { matchesIfNoneMatch, userEtag } from '@/lib/scim/etag'
import { listResponse, parseListQuery } from '@/lib/scim/list'
import { type Projection, project, projectionOf } from '@/lib/scim/projection'
import { userResource } from '@/lib/scim/resource'
import { answer, baseUrl } from './answer'
import { readBody } from './body'
import { type Context, type Env, requestFacts } from './context'
import { recordReadOf, timeEvent } from './record'

/** /Users (RFC 7644 §3). Each handler: parse, use case, answer. */
export const userRoutes = new Hono<Env>({ strict: false })
  .get('/Users', async (c) => {
    const query = parseListQuery(new URL(c.req.url).searchParams, 'User')
    const { org } = c.get('credential')
    const { rows, total } = await listUsers(org.orgId, query, baseUrl(org.slug))
    const shown = projectionFrom(c)
    const body = listResponse(
      rows.map((row) => project(resourceOf(c, row), shown)),
      total,
      query.startIndex,
    )
    const only = rows.length === 1 ? rows[0] : undefined
    const target = query.filter && only ? { kind: 'user' as const, id: only.id, name: only.displayName } : undefined
    await recordReadOf(c, {
      type: query.filter ? 'user.looked_up' : 'user.listed',
      target,
      status: 200,
      response: body,
    })
    return answer(c, 200, body)
  })
  .post('/Users', async (c) => {
    c.set('attempt', { type: 'user.created' })
    const shown = projectionFrom(c)
    const body = await readBody(c)
    return userAnswer(c, await createUser(writeOf(c, shown, 201), body), shown, 201)
  })
  .get('/Users/:id', async (c) => {
    const id = target(c, 'user.read')
    const shown = projectionFrom(c)
    const row = await getUser(c.get('credential').org.orgId, id)
    const etag = etagOf(row)
    const body = project(resourceOf(c, row), shown)
    const known = matchesIfNoneMatch(c.req.header('if-none-match'), etag)
    const status = known ? 304 : 200
    await recordReadOf(c, {
      type: 'user.read',
      target: { kind: 'user', id, name: row.displayName },
      status,
      response: known ? undefined : body,
    })
    return answer(c, status, known ? undefined : body, { etag })
  })
  .put('/Users/:id', async (c) => {
    const id = target(c, 'user.updated')
    const shown = projectionFrom(c)
    const body = await readBody(c)
    return userAnswer(c, await replaceUser(writeOf(c, shown, 200), known(id), body), shown, 200)
  })
  .patch('/Users/:id', async (c) => {
    const id = target(c, 'user.updated')
    const shown = projectionFrom(c)
    const body = await readBody(c)
    return userAnswer(c, await patchUser(writeOf(c, shown, 200), known(id), body), shown, 200)
  })
  .delete('/Users/:id', async (c) => {
    const id = target(c, 'user.deleted')
    const written = await deleteUser({ ...writeOf(c, undefined, 204) }, known(id))
    timeEvent(c, written.eventId)
    return answer(c, 204, undefined)
  })
  .all('/Users/:id?', (c) => {
    throw new ScimError(405, undefined, `${c.req.method} is not possible on ${c.req.path.slice(0, 120)}.`)
  })

/** Notes what was tried on whom, for the event of a refusal, and gives the id. */
function target(c: Context, type: 'user.read' | 'user.updated' | 'user.deleted'): string {
  const id = c.req.param('id') ?? ''
  c.set('attempt', { type, targetId: id })
  return id
}

/** An id that is no uuid cannot be anybody's; the zero id takes it to the same 404 without reaching a uuid cast. */
const known = (id: string): string => (isId(id) ? id : '00000000-0000-0000-0000-000000000000')

const projectionFrom = (c: Context): Projection =>
  projectionOf(c.req.query('attributes'), c.req.query('excludedAttributes'), 'User')

const etagOf = (row: UserRow): string => userEtag(row.version, [])

function resourceOf(c: Context, row: UserRow): Record<string, unknown> {
  const { id, createdAt, updatedAt } = row
  const source = {
    id,
    attributes: attributesOf(row),
    groups: [],
    created: createdAt,
    modified: updatedAt,
    version: etagOf(row),
  }
  return userResource(source, baseUrl(c.get('credential').org.slug))
}

function writeOf(c: Context, shown: Projection | undefined, status: number): ScimWrite {
  const { org, tokenId, mode } = c.get('credential')
  return {
    org,
    actor: { kind: 'okta', tokenId },
    options: { mode },
    ifMatch: c.req.header('if-match'),
    trace: c.get('trace'),
    request: { ...requestFacts(c), body: c.get('body') },
    respond: (row) => ({ status, body: shown ? project(resourceOf(c, row), shown) : undefined }),
  }
}

function userAnswer(c: Context, written: Written, shown: Projection, status: number): Response {
  timeEvent(c, written.eventId)
  const { row } = written
  const location = `${baseUrl(c.get('credential').org.slug)}/Users/${row.id}`
  return answer(c, status, project(resourceOf(c, row), shown), { etag: etagOf(row), location })
}
