import { Hono } from 'hono'
import { listAll } from '@/lib/directory/scim-read'
import { parseSearchRequest } from '@/lib/scim/list'
import { projectionOf, shows } from '@/lib/scim/projection'
import { answer } from './answer'
import { readBody } from './body'
import type { Env } from './context'
import { pageOf } from './page'
import { recordReadOf } from './record'
import { baseOf, onlyAllows, showGroup, showUser } from './request'

/** POST /.search over users and groups (RFC 7644 §3.4.3), one stable order, filters as §3.4.2.1 has them. */
export const searchRoutes = new Hono<Env>({ strict: false })
  .post('/.search', async (c) => {
    c.set('attempt', { type: 'user.listed' })
    const query = parseSearchRequest(await readBody(c), ['User', 'Group'])
    const users = projectionOf(query.attributes, query.excludedAttributes, 'User')
    const groups = projectionOf(query.attributes, query.excludedAttributes, 'Group')
    const { orgId } = c.get('scope')
    const listed = await listAll(orgId, query, baseOf(c), shows(groups, 'members'))
    const body = pageOf(query, listed, (found) =>
      found.type === 'User' ? showUser(c, found, users) : showGroup(c, found, groups),
    )
    await recordReadOf(c, { type: query.filter ? 'user.looked_up' : 'user.listed', status: 200, response: body })
    return answer(c, 200, body)
  })
  .all('/.search', (c) => onlyAllows(c, 'POST'))
