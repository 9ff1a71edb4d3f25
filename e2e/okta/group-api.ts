import { Hono } from 'hono'
import {
  addGroup,
  changeGroupName,
  type GroupOutcome,
  pausePush,
  pushNow,
  removeGroup,
  unlinkGroup,
} from './group-actions'
import { assignGroup, setMember, unassignGroup } from './group-assignment'
import { parse, readJson } from './input'
import { groupSchema, unlinkSchema } from './model'
import { getGroup, getOrg, type Store } from './store'
import { resultView } from './views'

/** The groups half of the JSON API. */
export function groupRoutes(store: Store): Hono {
  const api = new Hono()
  const org = (slug: string) => getOrg(store, slug)

  api.get('/orgs/:slug/groups', (c) => c.json({ groups: org(c.req.param('slug')).state.groups }))
  api.get('/orgs/:slug/groups/:id', (c) => c.json(getGroup(org(c.req.param('slug')), c.req.param('id'))))
  api.post('/orgs/:slug/groups', async (c) => {
    const { name } = parse(groupSchema, await readJson(c.req))
    return c.json(addGroup(store, org(c.req.param('slug')), name), 201)
  })
  api.patch('/orgs/:slug/groups/:id', async (c) => {
    const { name } = parse(groupSchema, await readJson(c.req))
    return c.json(view(await changeGroupName(store, org(c.req.param('slug')), c.req.param('id'), name)))
  })
  api.delete('/orgs/:slug/groups/:id', (c) => {
    removeGroup(store, org(c.req.param('slug')), c.req.param('id'))
    return c.json({ ok: true })
  })
  api.on(['PUT', 'DELETE'], '/orgs/:slug/groups/:id/members/:person', async (c) => {
    const { slug, id, person } = c.req.param()
    return c.json(view(await setMember(store, org(slug), id, person, c.req.method === 'PUT')))
  })
  api.post('/orgs/:slug/groups/:id/assign', async (c) =>
    c.json(view(await assignGroup(store, org(c.req.param('slug')), c.req.param('id')))),
  )
  api.post('/orgs/:slug/groups/:id/unassign', async (c) =>
    c.json(view(await unassignGroup(store, org(c.req.param('slug')), c.req.param('id')))),
  )
  api.post('/orgs/:slug/groups/:id/push', async (c) =>
    c.json(view(await pushNow(store, org(c.req.param('slug')), c.req.param('id')))),
  )
  api.post('/orgs/:slug/groups/:id/pause', async (c) =>
    c.json(view(await pausePush(store, org(c.req.param('slug')), c.req.param('id')))),
  )
  api.post('/orgs/:slug/groups/:id/unlink', async (c) => {
    const { delete: deleted } = parse(unlinkSchema, await readJson(c.req))
    const inApp = deleted ? 'delete' : 'keep'
    return c.json(view(await unlinkGroup(store, org(c.req.param('slug')), c.req.param('id'), inApp)))
  })
  return api
}

const view = ({ group, ...rest }: GroupOutcome) => ({ group, ...resultView(rest) })
