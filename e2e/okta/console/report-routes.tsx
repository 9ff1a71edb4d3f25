/** @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { type Companies, companiesSchema } from '../companies'
import { armFault, clearFaults, FAULTS } from '../faults'
import { parse } from '../input'
import { faultKindSchema, faultSchema } from '../model'
import { getOrg, type Store } from '../store'
import { retryTasks } from '../tasks'
import { CompaniesPage } from './companies-page'
import { FaultsPage } from './faults-page'
import { attempt, type Flash, type FlashShelf } from './flash'
import { LogPage } from './log'
import { TasksPage } from './tasks-page'

/** System Log, tasks and faults of a company, and the companies themselves. */
export function reportPages(store: Store, companies: Companies, shelf: FlashShelf): Hono {
  const app = new Hono()
  const page = (content: unknown) => `<!doctype html>${content}`
  const org = (slug: string) => getOrg(store, slug)
  const { canMake } = companies

  app.get('/', (c) =>
    c.html(page(<CompaniesPage store={store} canMake={canMake} flash={shelf.take(c.req.query('done'))} />)),
  )
  app.post('/companies', async (c) => {
    const form = await c.req.formData()
    const flash = await attempt(async () => {
      const { count } = parse(companiesSchema, { count: Number(form.get('count')) })
      const made = await companies.make(count)
      return { tone: 'good', text: `${made.length} ${made.length === 1 ? 'company' : 'companies'} made.` }
    })
    return c.redirect(`/?done=${shelf.put(flash)}`, 303)
  })

  app.get('/admin/:slug/log', (c) => {
    const { event, outcome, q } = c.req.query()
    return c.html(page(<LogPage store={store} org={org(c.req.param('slug'))} filter={{ event, outcome, q }} />))
  })

  app.get('/admin/:slug/tasks', (c) => {
    const flash = shelf.take(c.req.query('done'))
    return c.html(page(<TasksPage store={store} org={org(c.req.param('slug'))} flash={flash} />))
  })
  app.post('/admin/:slug/tasks', async (c) => {
    const found = org(c.req.param('slug'))
    const ids = (await c.req.formData()).getAll('task').map(String)
    const flash = await attempt(async (): Promise<Flash> => {
      if (ids.length === 0) return { tone: 'bad', text: 'Nothing was selected.' }
      const results = await retryTasks(store, found, ids)
      const requests = results.flatMap((each) => each.requests.map(({ id }) => id))
      const errors = results.flatMap(({ error }) => error ?? [])
      const worked = `${results.length - errors.length} of ${results.length} retried.`
      return { tone: errors.length > 0 ? 'bad' : 'good', text: [worked, ...errors].join(' '), requests }
    })
    return c.redirect(`/admin/${found.config.slug}/tasks?done=${shelf.put(flash)}`, 303)
  })

  app.get('/admin/:slug/faults', (c) => {
    const flash = shelf.take(c.req.query('done'))
    return c.html(page(<FaultsPage store={store} org={org(c.req.param('slug'))} flash={flash} />))
  })
  app.post('/admin/:slug/faults/clear', (c) => {
    const found = org(c.req.param('slug'))
    clearFaults(found)
    store.save()
    const done = shelf.put({ tone: 'good', text: 'All faults are off.' })
    return c.redirect(`/admin/${found.config.slug}/faults?done=${done}`, 303)
  })
  app.post('/admin/:slug/faults/:kind/:off?', async (c) => {
    const found = org(c.req.param('slug'))
    const form = await c.req.formData()
    const flash = await attempt(async (): Promise<Flash> => {
      const kind = parse(faultKindSchema, c.req.param('kind'))
      const off = c.req.param('off') === 'off'
      if (off) clearFaults(found, kind)
      else armFault(found, { kind, ...parse(faultSchema, { sticky: form.get('sticky') === 'yes' }) })
      store.save()
      return { tone: 'good', text: `${FAULTS[kind].title} is ${off ? 'off' : 'on'}.` }
    })
    return c.redirect(`/admin/${found.config.slug}/faults?done=${shelf.put(flash)}`, 303)
  })
  return app
}
