/** @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { OktaError } from '../errors'
import {
  addGroup,
  changeGroupName,
  type GroupOutcome,
  pausePush,
  pushNow,
  removeGroup,
  unlinkGroup,
} from '../group-actions'
import { assignGroup, setMember, unassignGroup } from '../group-assignment'
import { parse } from '../input'
import { groupSchema } from '../model'
import { getGroup, getOrg, type Org, type Store } from '../store'
import { attempt, type Flash, type FlashShelf, flashOf } from './flash'
import { GroupPage } from './group-page'
import { GroupsPage } from './groups-page'

type GroupButton = { run: (form: FormData) => Promise<GroupOutcome>; done: string }

/** The groups pages of the console. */
export function groupPages(store: Store, shelf: FlashShelf): Hono {
  const app = new Hono()
  const page = (content: unknown) => `<!doctype html>${content}`
  const org = (slug: string) => getOrg(store, slug)

  app.get('/admin/:slug/groups', (c) => {
    const found = org(c.req.param('slug'))
    return c.html(page(<GroupsPage store={store} org={found} flash={shelf.take(c.req.query('done'))} />))
  })
  app.post('/admin/:slug/groups', async (c) => {
    const found = org(c.req.param('slug'))
    const draft = { name: String((await c.req.formData()).get('name') ?? '') }
    try {
      const group = addGroup(store, found, parse(groupSchema, draft).name)
      const text = `${group.name} was added. Nothing was sent: not pushed yet.`
      return c.redirect(address(found, group.id, shelf.put({ tone: 'good', text })), 303)
    } catch (error) {
      if (!(error instanceof OktaError)) throw error
      const flash: Flash = { tone: 'bad', text: error.message }
      return c.html(page(<GroupsPage store={store} org={found} flash={flash} draft={draft.name} />), 400)
    }
  })
  app.get('/admin/:slug/groups/:id', (c) => {
    const found = org(c.req.param('slug'))
    const group = getGroup(found, c.req.param('id'))
    const flash = shelf.take(c.req.query('done'))
    return c.html(page(<GroupPage store={store} org={found} group={group} flash={flash} />))
  })
  app.post('/admin/:slug/groups/:id/drop', (c) => {
    const found = org(c.req.param('slug'))
    removeGroup(store, found, c.req.param('id'))
    const done = shelf.put({ tone: 'good', text: 'The group was deleted here. Nothing was sent.' })
    return c.redirect(`/admin/${found.config.slug}/groups?done=${done}`, 303)
  })
  app.post('/admin/:slug/groups/:id/:button?', async (c) => {
    const found = org(c.req.param('slug'))
    const { id } = getGroup(found, c.req.param('id'))
    const { run, done } = buttonOf(store, found, id, c.req.param('button') ?? 'rename')
    const flash = await attempt(async () => flashOf(await run(await c.req.formData()), done))
    return c.redirect(address(found, id, shelf.put(flash)), 303)
  })
  return app
}

/** What the button at this address does, and the sentence for when it worked. */
function buttonOf(store: Store, org: Org, id: string, name: string): GroupButton {
  const personOf = (form: FormData) => String(form.get('person') ?? '')
  const buttons = new Map<string, GroupButton>([
    [
      'rename',
      {
        run: (form) =>
          changeGroupName(store, org, id, parse(groupSchema, { name: String(form.get('name') ?? '') }).name),
        done: 'Renamed.',
      },
    ],
    ['add', { run: (form) => setMember(store, org, id, personOf(form), true), done: 'Added to the group.' }],
    ['remove', { run: (form) => setMember(store, org, id, personOf(form), false), done: 'Removed from the group.' }],
    ['assign', { run: () => assignGroup(store, org, id), done: 'Assigned to Rollcall, and so is everybody in it.' }],
    ['unassign', { run: () => unassignGroup(store, org, id), done: 'No longer assigned to Rollcall.' }],
    ['push', { run: () => pushNow(store, org, id), done: 'Pushed to Rollcall.' }],
    ['pause', { run: () => pausePush(store, org, id), done: 'No longer pushed.' }],
    ['unlink', { run: () => unlinkGroup(store, org, id, 'keep'), done: 'Unlinked. Rollcall keeps the group.' }],
    ['delete', { run: () => unlinkGroup(store, org, id, 'delete'), done: 'Unlinked and deleted in Rollcall.' }],
  ])
  const button = buttons.get(name)
  if (!button) throw new OktaError(404, `There is no action "${name}" for a group.`)
  return button
}

const address = ({ config }: Org, id: string, done: string) => `/admin/${config.slug}/groups/${id}?done=${done}`
