import { Hono } from 'hono'
import { addPerson, deletePerson, type Outcome, runPersonAction, testCredentials, updatePerson } from './actions'
import { type Companies, companiesSchema } from './companies'
import { OktaError } from './errors'
import { groupRoutes } from './group-api'
import { parse, readJson } from './input'
import {
  clearSessionsSchema,
  logoutTokenSchema,
  type PersonAction,
  profilePatchSchema,
  profileSchema,
  settingsPatchSchema,
} from './model'
import { getGroup, getOrg, getPerson, type Org, resetOrg, type Store, scimTarget, updateSettings } from './store'
import { systemLogName } from './system-log'
import { taskRoutes } from './task-api'
import { clearSessions, signLogout } from './universal-logout'
import { resultView } from './views'

const ACTIONS: PersonAction[] = ['assign', 'unassign', 'deactivate', 'activate', 'suspend', 'unsuspend']

/** The JSON face of the console, for scripts and tests. Mounted under `/api`. */
export function apiRoutes(store: Store, companies: Companies): Hono {
  const api = new Hono()
  const org = (slug: string) => getOrg(store, slug)

  // A cross-site form cannot send JSON, so nothing here can be triggered from another page.
  api.use(async (c, next) => {
    const json = c.req.header('content-type')?.split(';')[0]?.trim() === 'application/json'
    if (c.req.method !== 'GET' && !json) throw new OktaError(415, 'Send Content-Type: application/json.')
    await next()
  })

  api.get('/health', (c) => c.json({ ok: true }))
  api.get('/orgs', (c) => c.json({ orgs: store.orgs.map(orgView) }))
  api.get('/orgs/:slug', (c) => c.json(orgView(org(c.req.param('slug')))))
  api.get('/orgs/:slug/people', (c) => c.json({ people: org(c.req.param('slug')).state.people }))
  api.get('/orgs/:slug/people/:id', (c) => c.json(getPerson(org(c.req.param('slug')), c.req.param('id'))))
  api.post('/orgs/:slug/people', async (c) =>
    c.json(addPerson(store, org(c.req.param('slug')), parse(profileSchema, await readJson(c.req))), 201),
  )
  api.patch('/orgs/:slug/people/:id', async (c) => {
    const patch = parse(profilePatchSchema, await readJson(c.req))
    return c.json(outcomeView(await updatePerson(store, org(c.req.param('slug')), c.req.param('id'), patch)))
  })
  api.delete('/orgs/:slug/people/:id', async (c) =>
    c.json(outcomeView(await deletePerson(store, org(c.req.param('slug')), c.req.param('id')))),
  )
  for (const action of ACTIONS) {
    api.post(`/orgs/:slug/people/:id/${action}`, async (c) =>
      c.json(outcomeView(await runPersonAction(store, org(c.req.param('slug')), c.req.param('id'), action))),
    )
  }
  api.post('/orgs/:slug/people/:id/clear-sessions', async (c) => {
    const body = (await c.req.text()) === '' ? {} : await readJson(c.req)
    const { format } = parse(clearSessionsSchema, body)
    return c.json(outcomeView(await clearSessions(store, org(c.req.param('slug')), c.req.param('id'), format)))
  })
  api.post('/orgs/:slug/logout-token', async (c) => {
    const { audience } = parse(logoutTokenSchema, await readJson(c.req))
    return c.json({ token: await signLogout(org(c.req.param('slug')), audience) })
  })
  api.post('/orgs/:slug/test-credentials', async (c) =>
    c.json(outcomeView(await testCredentials(store, org(c.req.param('slug'))))),
  )
  api.put('/orgs/:slug/settings', async (c) => {
    const found = org(c.req.param('slug'))
    updateSettings(found, parse(settingsPatchSchema, await readJson(c.req)))
    store.save()
    return c.json(orgView(found))
  })
  api.post('/orgs/:slug/reset', (c) => {
    const found = org(c.req.param('slug'))
    resetOrg(found)
    store.save()
    return c.json({ people: found.state.people, groups: found.state.groups })
  })
  api.get('/orgs/:slug/log', (c) => {
    const found = org(c.req.param('slug'))
    const who = c.req.query('person')
    const person = who ? getPerson(found, who) : null
    const which = c.req.query('group')
    const group = which ? getGroup(found, which) : null
    const entries = found.state.log.filter(
      ({ personId, groupId }) => (!person || personId === person.id) && (!group || groupId === group.id),
    )
    return c.json({ entries: entries.map((entry) => ({ ...entry, event: systemLogName(entry) })) })
  })

  api.route('/', groupRoutes(store))
  api.route('/', taskRoutes(store))
  api.post('/companies', async (c) => {
    const { count } = parse(companiesSchema, await readJson(c.req))
    return c.json({ orgs: (await companies.make(count)).map(orgView) }, 201)
  })
  api.post('/reload', async (c) => c.json({ orgs: (await companies.reload()).map(orgView) }))

  // Not `notFound`: a mounted app's own is never asked.
  api.all('*', (c) => c.json({ error: `There is nothing at ${c.req.method} ${c.req.path}.` }, 404))
  api.onError((error, c) => {
    if (error instanceof OktaError) return c.json({ error: error.message }, error.status)
    console.error(error)
    return c.json({ error: 'The stand-in failed; its terminal says why.' }, 500)
  })
  return api
}

const orgView = (org: Org) => ({
  slug: org.config.slug,
  name: org.config.name,
  domain: org.config.domain,
  issuer: org.config.issuer,
  scim: scimTarget(org).url,
  ...org.state.settings,
})

const outcomeView = ({ person, ...rest }: Outcome) => ({ person, ...resultView(rest) })
