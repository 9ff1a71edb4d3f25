/** @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { runPersonAction, testCredentials } from '../actions'
import { pushNow } from '../group-actions'
import { assignGroup } from '../group-assignment'
import { confirmImport, importUsers } from '../import'
import { parse } from '../input'
import { settingsPatchSchema } from '../model'
import { getOrg, type Store, updateSettings } from '../store'
import { AssignmentsPage } from './assignments-page'
import { attempt, type Flash, type FlashShelf, flashOf } from './flash'
import { settingsForm } from './forms'
import { ImportPage } from './import-page'
import { ProvisioningPage } from './provisioning-page'
import { PushGroupsPage } from './push-groups-page'
import { SignOnPage } from './sign-on-page'

/** Applications → Rollcall: its tabs and their forms. */
export function appPages(store: Store, shelf: FlashShelf): Hono {
  const app = new Hono()
  const page = (content: unknown) => `<!doctype html>${content}`
  const org = (slug: string) => getOrg(store, slug)

  const tabs = {
    '': AssignmentsPage,
    '/provisioning': ProvisioningPage,
    '/push-groups': PushGroupsPage,
    '/import': ImportPage,
  }
  for (const [path, Page] of Object.entries(tabs)) {
    app.get(`/admin/:slug/app${path}`, (c) => {
      const flash = shelf.take(c.req.query('done'))
      return c.html(page(<Page store={store} org={org(c.req.param('slug') ?? '')} flash={flash} />))
    })
  }
  app.get('/admin/:slug/app/sign-on', (c) => c.html(page(<SignOnPage store={store} org={org(c.req.param('slug'))} />)))

  const back = (slug: string, tab: string, flash: Flash) => `/admin/${slug}/app${tab}?done=${shelf.put(flash)}`
  app.post('/admin/:slug/app', async (c) => {
    const found = org(c.req.param('slug'))
    const flash = await attempt(async () => {
      updateSettings(found, parse(settingsPatchSchema, settingsForm(await c.req.formData())))
      store.save()
      const tested = flashOf(await testCredentials(store, found), 'Settings saved. The credentials work.')
      return tested.tone === 'bad' ? { ...tested, text: `Settings saved, but ${tested.text}` } : tested
    })
    return c.redirect(back(found.config.slug, '/provisioning', flash), 303)
  })
  app.post('/admin/:slug/app/test', async (c) => {
    const found = org(c.req.param('slug'))
    const flash = flashOf(await testCredentials(store, found), 'The credentials work.')
    return c.redirect(back(found.config.slug, '/provisioning', flash), 303)
  })
  app.post('/admin/:slug/app/assign-person', async (c) => {
    const found = org(c.req.param('slug'))
    const id = String((await c.req.formData()).get('id') ?? '')
    const flash = await attempt(async () =>
      flashOf(await runPersonAction(store, found, id, 'assign'), 'Assigned to Rollcall.'),
    )
    return c.redirect(back(found.config.slug, '', flash), 303)
  })
  app.post('/admin/:slug/app/assign-group', async (c) => {
    const found = org(c.req.param('slug'))
    const id = String((await c.req.formData()).get('id') ?? '')
    const flash = await attempt(async () => flashOf(await assignGroup(store, found, id), 'Group assigned to Rollcall.'))
    return c.redirect(back(found.config.slug, '', flash), 303)
  })
  app.post('/admin/:slug/app/push-group', async (c) => {
    const found = org(c.req.param('slug'))
    const name = String((await c.req.formData()).get('name') ?? '').trim()
    const flash = await attempt(async () =>
      flashOf(await pushNow(store, found, name), `${name} was pushed to Rollcall.`),
    )
    return c.redirect(back(found.config.slug, '/push-groups', flash), 303)
  })
  app.post('/admin/:slug/app/import', async (c) => {
    const found = org(c.req.param('slug'))
    const outcome = await importUsers(store, found)
    const flash = flashOf(outcome, `${outcome.import?.users.length ?? 0} users read.`)
    return c.redirect(back(found.config.slug, '/import', flash), 303)
  })
  app.post('/admin/:slug/app/import/confirm', async (c) => {
    const found = org(c.req.param('slug'))
    const ids = (await c.req.formData()).getAll('id').map(String)
    const flash = await attempt(async () => {
      const { length } = confirmImport(store, found, ids)
      return { tone: 'good', text: `${length} ${length === 1 ? 'user' : 'users'} confirmed. Nothing was sent.` }
    })
    return c.redirect(back(found.config.slug, '/import', flash), 303)
  })
  return app
}
