/** @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { addPerson, deletePerson, type Outcome, runPersonAction, updatePerson } from '../actions'
import type { Companies } from '../companies'
import { OktaError } from '../errors'
import { parse } from '../input'
import { fullName, profileSchema } from '../model'
import { getOrg, getPerson, type Org, type Store } from '../store'
import { clearSessions } from '../universal-logout'
import { appPages } from './app-routes'
import { attempt, flashOf, flashShelf } from './flash'
import { profileForm, toPersonAction } from './forms'
import { groupPages } from './group-routes'
import { ProblemPage } from './layout'
import { PeoplePage } from './people-page'
import { NewPersonPage, type PersonDraft, PersonPage } from './person-page'
import { reportPages } from './report-routes'
import { STYLE } from './style'

/** The admin console: server-rendered pages, plain forms, POST then redirect. */
export function consoleRoutes(store: Store, companies: Companies): Hono {
  const app = new Hono()
  const shelf = flashShelf()
  const page = (content: unknown) => `<!doctype html>${content}`
  const org = (slug: string) => getOrg(store, slug)

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ['data:'],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  )
  // The API asks for JSON, which no form of another site can send; all else is forms.
  const fromHere = csrf()
  app.use((c, next) => (c.req.path.startsWith('/api/') ? next() : fromHere(c, next)))
  app.get('/assets/okta.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))

  app.get('/admin/:slug', (c) =>
    c.html(
      page(
        <PeoplePage
          store={store}
          org={org(c.req.param('slug'))}
          search={c.req.query('q') ?? ''}
          flash={shelf.take(c.req.query('done'))}
        />,
      ),
    ),
  )
  app.get('/admin/:slug/people/new', (c) =>
    c.html(page(<NewPersonPage store={store} org={org(c.req.param('slug'))} draft={{}} problem="" />)),
  )
  app.post('/admin/:slug/people', async (c) => {
    const found = org(c.req.param('slug'))
    const form = await c.req.formData()
    const draft = profileForm(form)
    try {
      const person = addPerson(store, found, parse(profileSchema, draft))
      const flash =
        form.get('assign') === 'yes'
          ? flashOf(
              await runPersonAction(store, found, person.id, 'assign'),
              `${fullName(person)} was added and assigned to Rollcall.`,
            )
          : {
              tone: 'good' as const,
              text: `${fullName(person)} was added. Nothing was sent: not assigned to Rollcall yet.`,
            }
      return c.redirect(personAddress(found, person.id, shelf.put(flash)), 303)
    } catch (error) {
      if (!(error instanceof OktaError)) throw error
      return c.html(
        page(<NewPersonPage store={store} org={found} draft={draft as PersonDraft} problem={error.message} />),
        400,
      )
    }
  })
  app.get('/admin/:slug/people/:id', (c) => {
    const found = org(c.req.param('slug'))
    const person = getPerson(found, c.req.param('id'))
    return c.html(
      page(<PersonPage store={store} org={found} person={person} flash={shelf.take(c.req.query('done'))} />),
    )
  })
  app.post('/admin/:slug/people/:id', async (c) => {
    const found = org(c.req.param('slug'))
    const person = getPerson(found, c.req.param('id'))
    const flash = await attempt(async () => {
      const profile = parse(profileSchema, profileForm(await c.req.formData()))
      return flashOf(await updatePerson(store, found, person.id, profile), 'Profile saved.')
    })
    return c.redirect(personAddress(found, person.id, shelf.put(flash)), 303)
  })
  app.post('/admin/:slug/people/:id/clear-sessions', async (c) => {
    const found = org(c.req.param('slug'))
    const person = getPerson(found, c.req.param('id'))
    const flash = await attempt(async () =>
      flashOf(await clearSessions(store, found, person.id, 'iss_sub'), 'Sessions cleared.'),
    )
    return c.redirect(personAddress(found, person.id, shelf.put(flash)), 303)
  })
  app.post('/admin/:slug/people/:id/delete', async (c) => {
    const found = org(c.req.param('slug'))
    const person = getPerson(found, c.req.param('id'))
    const flash = await attempt(async () =>
      flashOf(await deletePerson(store, found, person.id), `${fullName(person)} was deleted.`),
    )
    const page =
      flash.tone === 'good' ? `/admin/${found.config.slug}` : `/admin/${found.config.slug}/people/${person.id}`
    return c.redirect(`${page}?done=${shelf.put(flash)}`, 303)
  })
  app.post('/admin/:slug/people/:id/:action', async (c) => {
    const found = org(c.req.param('slug'))
    const person = getPerson(found, c.req.param('id'))
    const { action, done } = toPersonAction(c.req.param('action'), person)
    const flash = await attempt(async () => {
      const run = (): Promise<Outcome> =>
        action === 'update'
          ? updatePerson(store, found, person.id, {})
          : runPersonAction(store, found, person.id, action)
      return flashOf(await run(), done)
    })
    return c.redirect(personAddress(found, person.id, shelf.put(flash)), 303)
  })

  app.route('/', groupPages(store, shelf))
  app.route('/', appPages(store, shelf))
  app.route('/', reportPages(store, companies, shelf))

  app.notFound((c) => c.html(page(<ProblemPage title="Not found" text={`There is no page ${c.req.path}.`} />), 404))
  app.onError((error, c) => {
    if (error instanceof OktaError)
      return c.html(page(<ProblemPage title="This did not work" text={error.message} />), error.status)
    if ('getResponse' in error) return error.getResponse()
    console.error(error)
    return c.html(page(<ProblemPage title="The stand-in failed" text="Its terminal says why." />), 500)
  })
  return app
}

const personAddress = ({ config }: Org, id: string, done: string) => `/admin/${config.slug}/people/${id}?done=${done}`
