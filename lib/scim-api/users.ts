import { Hono } from 'hono'
import { getUser, listUsers } from '@/lib/directory/scim-read'
import { createUser, deleteUser, patchUser, replaceUser, type ScimWrite } from '@/lib/directory/scim-users'
import type { Written } from '@/lib/directory/write-user'
import { matchesIfNoneMatch } from '@/lib/scim/etag'
import { type ListQuery, parseListQuery, parseSearchRequest } from '@/lib/scim/list'
import { type Projection, projectionOf } from '@/lib/scim/projection'
import { answer } from './answer'
import { readBody } from './body'
import { type Context, type Env, headerOf, queryOf } from './context'
import { pageOf } from './page'
import { recordReadOf, timeEvent } from './record'
import { baseOf, etagOfUser, known, onlyAllows, projectionFrom, showUser, target, writeOf } from './request'

/** /Users (RFC 7644 §3). Each handler: parse, use case, answer. */
export const userRoutes = new Hono<Env>({ strict: false })
  .get('/Users', (c) => give(c, parseListQuery(queryOf(c), 'User')))
  .post('/Users/.search', async (c) => {
    c.set('attempt', { type: 'user.listed' })
    return give(c, parseSearchRequest(await readBody(c), 'User'))
  })
  .all('/Users/.search', (c) => onlyAllows(c, 'POST'))
  .post('/Users', async (c) => {
    c.set('attempt', { type: 'user.created' })
    const shown = projectionFrom(c, 'User')
    const body = await readBody(c)
    return userAnswer(c, shown, 201, (w) => createUser(w, body))
  })
  .get('/Users/:id', async (c) => {
    const id = target(c, 'user.read')
    const shown = projectionFrom(c, 'User')
    const found = await getUser(c.get('scope').orgId, id)
    const etag = etagOfUser(found)
    const isKnown = matchesIfNoneMatch(headerOf(c, 'if-none-match'), etag)
    const status = isKnown ? 304 : 200
    const body = isKnown ? undefined : showUser(c, found, shown)
    const about = { kind: 'user' as const, id, name: found.row.displayName }
    await recordReadOf(c, { type: 'user.read', target: about, status, response: body })
    return answer(c, status, body, { etag })
  })
  .put('/Users/:id', async (c) => {
    const id = target(c, 'user.updated')
    const shown = projectionFrom(c, 'User')
    const body = await readBody(c)
    return userAnswer(c, shown, 200, (w) => replaceUser(w, known(id), body))
  })
  .patch('/Users/:id', async (c) => {
    const id = target(c, 'user.updated')
    const shown = projectionFrom(c, 'User')
    const body = await readBody(c)
    return userAnswer(c, shown, 200, (w) => patchUser(w, known(id), body))
  })
  .delete('/Users/:id', async (c) => {
    const id = target(c, 'user.deleted')
    const written = await deleteUser({ ...writeOf(c), respond: () => ({ status: 204, body: undefined }) }, known(id))
    timeEvent(c, written.eventId)
    return answer(c, 204, undefined)
  })
  .all('/Users', (c) => onlyAllows(c, 'GET, POST'))
  .all('/Users/:id', (c) => onlyAllows(c, 'GET, PUT, PATCH, DELETE'))

async function give(c: Context, query: ListQuery): Promise<Response> {
  const listed = await listUsers(c.get('scope').orgId, query, baseOf(c))
  const shown = projectionOf(query.attributes, query.excludedAttributes, 'User')
  const body = pageOf(query, listed, (found) => showUser(c, found, shown))
  const [only] = query.filter && listed.found.length === 1 ? listed.found : []
  await recordReadOf(c, {
    type: query.filter ? 'user.looked_up' : 'user.listed',
    target: only && { kind: 'user', id: only.row.id, name: only.row.displayName },
    status: 200,
    response: body,
  })
  return answer(c, 200, body)
}

type Write = (w: ScimWrite) => Promise<Written>

/** Runs a write and answers with the very body its event holds. */
async function userAnswer(c: Context, shown: Projection, status: number, write: Write): Promise<Response> {
  let body: unknown
  const respond: ScimWrite['respond'] = (row, groups) => {
    body = showUser(c, { row, groups }, shown)
    return { status, body }
  }
  const written = await write({ ...writeOf(c), respond })
  timeEvent(c, written.eventId)
  const location = `${baseOf(c)}/Users/${written.row.id}`
  return answer(c, status, body, { etag: etagOfUser(written), location })
}
