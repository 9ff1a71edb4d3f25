import { Hono } from 'hono'
import {
  createGroup,
  deleteGroup,
  type GroupRow,
  type GroupWrite,
  patchGroup,
  replaceGroup,
  type WrittenGroup,
} from '@/lib/directory/scim-groups'
import { getGroup, listGroups } from '@/lib/directory/scim-read'
import { matchesIfNoneMatch } from '@/lib/scim/etag'
import { type ListQuery, parseListQuery, parseSearchRequest } from '@/lib/scim/list'
import { type Projection, projectionOf, shows } from '@/lib/scim/projection'
import { answer } from './answer'
import { LARGE, readBody } from './body'
import { type Context, type Env, headerOf, queryOf } from './context'
import { pageOf } from './page'
import { recordReadOf, timeEvent } from './record'
import { baseOf, etagOfGroup, known, onlyAllows, projectionFrom, showGroup, target, writeOf } from './request'

/** /Groups (RFC 7644 §3). Members are loaded only where the answer shows them. */
export const groupRoutes = new Hono<Env>({ strict: false })
  .get('/Groups', (c) => give(c, parseListQuery(queryOf(c), 'Group')))
  .post('/Groups/.search', async (c) => {
    c.set('attempt', { type: 'group.listed' })
    return give(c, parseSearchRequest(await readBody(c), 'Group'))
  })
  .all('/Groups/.search', (c) => onlyAllows(c, 'POST'))
  .post('/Groups', async (c) => {
    c.set('attempt', { type: 'group.created' })
    const shown = projectionFrom(c, 'Group')
    const body = await readBody(c, LARGE)
    return groupAnswer(c, await createGroup(groupWrite(c, shown, 201), body), shown, 201)
  })
  .get('/Groups/:id', async (c) => {
    const id = target(c, 'group.read')
    const shown = projectionFrom(c, 'Group')
    const found = await getGroup(c.get('scope').orgId, id, shows(shown, 'members'))
    const etag = etagOfGroup(found)
    const isKnown = matchesIfNoneMatch(headerOf(c, 'if-none-match'), etag)
    const status = isKnown ? 304 : 200
    const body = isKnown ? undefined : showGroup(c, found, shown)
    const about = { kind: 'group' as const, id, name: found.row.displayName }
    await recordReadOf(c, { type: 'group.read', target: about, status, response: body })
    return answer(c, status, body, { etag })
  })
  .put('/Groups/:id', async (c) => {
    const id = target(c, 'group.updated')
    const shown = projectionFrom(c, 'Group')
    const body = await readBody(c, LARGE)
    return groupAnswer(c, await replaceGroup(groupWrite(c, shown, 200), known(id), body), shown, 200)
  })
  .patch('/Groups/:id', async (c) => {
    const id = target(c, 'group.members_changed')
    const asked = c.req.query('attributes') ?? c.req.query('excludedAttributes')
    const shown = asked === undefined ? undefined : projectionFrom(c, 'Group')
    const body = await readBody(c, LARGE)
    const written = await patchGroup(groupWrite(c, shown, shown ? 200 : 204), known(id), body)
    if (shown) return groupAnswer(c, { ...written, members: await membersNow(c, id, shown) }, shown, 200)
    // RFC 7644 §3.5.2: 204 unless attributes are asked for; a body of 50,000 members helps nobody.
    timeEvent(c, written.eventId)
    return answer(c, 204, undefined, { etag: etagOfGroup(written) })
  })
  .delete('/Groups/:id', async (c) => {
    const id = target(c, 'group.deleted')
    const written = await deleteGroup(groupWrite(c, undefined, 204), known(id))
    timeEvent(c, written.eventId)
    return answer(c, 204, undefined)
  })
  .all('/Groups', (c) => onlyAllows(c, 'GET, POST'))
  .all('/Groups/:id', (c) => onlyAllows(c, 'GET, PUT, PATCH, DELETE'))

async function give(c: Context, query: ListQuery): Promise<Response> {
  const shown = projectionOf(query.attributes, query.excludedAttributes, 'Group')
  const { orgId } = c.get('scope')
  const listed = await listGroups(orgId, query, baseOf(c), shows(shown, 'members'))
  const body = pageOf(query, listed, (found) => showGroup(c, found, shown))
  await recordReadOf(c, { type: 'group.listed', status: 200, response: body })
  return answer(c, 200, body)
}

async function membersNow(c: Context, id: string, shown: Projection) {
  if (!shows(shown, 'members')) return []
  return (await getGroup(c.get('scope').orgId, id, true)).members ?? []
}

function groupWrite(c: Context, shown: Projection | undefined, status: number): GroupWrite {
  const respond = (row: GroupRow) => ({ status, body: shown && showGroup(c, { row }, shown) })
  return { ...writeOf(c), respond }
}

function groupAnswer(c: Context, written: WrittenGroup, shown: Projection, status: number): Response {
  timeEvent(c, written.eventId)
  const location = `${baseOf(c)}/Groups/${written.row.id}`
  return answer(c, status, showGroup(c, written, shown), { etag: etagOfGroup(written), location })
}
