import { Hono } from 'hono'
import { z } from 'zod'
import { armFault, clearFaults, FAULTS } from './faults'
import { confirmImport, importUsers } from './import'
import { parse, readJson } from './input'
import { faultKindSchema, faultSchema } from './model'
import { getOrg, type Store } from './store'
import { systemLog } from './system-log'
import { openTasks, retryTasks } from './tasks'
import { requestView, resultView } from './views'

const idsSchema = z.strictObject({ ids: z.array(z.string()).max(1000) })
const retrySchema = idsSchema.partial()
const pageSchema = z.strictObject({ pageSize: z.number().int().min(1).max(200).default(100) })

/** Tasks, faults, import and System Log of the JSON API. */
export function taskRoutes(store: Store): Hono {
  const api = new Hono()
  const org = (slug: string) => getOrg(store, slug)
  const body = async (c: { req: { text: () => Promise<string>; json: () => Promise<unknown> } }) =>
    (await c.req.text()) === '' ? {} : readJson(c.req)

  api.get('/orgs/:slug/tasks', (c) => c.json({ tasks: openTasks(org(c.req.param('slug'))) }))
  api.post('/orgs/:slug/tasks/retry', async (c) => {
    const found = org(c.req.param('slug'))
    const { ids } = parse(retrySchema, await body(c))
    const retried = await retryTasks(store, found, ids ?? openTasks(found).map(({ id }) => id))
    const results = retried.map(({ requests, ...rest }) => ({ ...rest, requests: requests.map(requestView) }))
    return c.json({ results, tasks: openTasks(found) })
  })

  const faults = (slug: string) => {
    const on = new Map(org(slug).state.faults.map((fault) => [fault.kind, fault]))
    return faultKindSchema.options.map((kind) => {
      const fault = on.get(kind)
      return { kind, ...FAULTS[kind], on: fault !== undefined, ...(fault && { sticky: fault.sticky, ms: fault.ms }) }
    })
  }
  api.get('/orgs/:slug/faults', (c) => c.json({ faults: faults(c.req.param('slug')) }))
  api.put('/orgs/:slug/faults/:kind', async (c) => {
    const kind = parse(faultKindSchema, c.req.param('kind'))
    armFault(org(c.req.param('slug')), { kind, ...parse(faultSchema, await body(c)) })
    store.save()
    return c.json({ faults: faults(c.req.param('slug')) })
  })
  api.delete('/orgs/:slug/faults/:kind?', (c) => {
    const kind = c.req.param('kind')
    clearFaults(org(c.req.param('slug')), kind === undefined ? undefined : parse(faultKindSchema, kind))
    store.save()
    return c.json({ faults: faults(c.req.param('slug')) })
  })

  api.get('/orgs/:slug/import', (c) => c.json({ import: org(c.req.param('slug')).state.import ?? null }))
  api.post('/orgs/:slug/import', async (c) => {
    const { pageSize } = parse(pageSchema, await body(c))
    const { import: found, ...rest } = await importUsers(store, org(c.req.param('slug')), pageSize)
    return c.json({ import: found, ...resultView(rest) })
  })
  api.post('/orgs/:slug/import/confirm', async (c) => {
    const { ids } = parse(idsSchema, await readJson(c.req))
    return c.json({ people: confirmImport(store, org(c.req.param('slug')), ids) })
  })

  api.get('/orgs/:slug/system-log', (c) => {
    const { event, outcome, q } = c.req.query()
    const lines = systemLog(org(c.req.param('slug')), { event, outcome, q })
    return c.json({
      entries: lines.map(({ exchange, ...line }) => ({ ...line, ...(exchange && { request: requestView(exchange) }) })),
    })
  })
  return api
}
