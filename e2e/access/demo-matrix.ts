import type { APIRequestContext } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '@/lib/ids'
import { yearRunSchema } from '@/lib/lens/year-run'
import type { startDemoStack } from '../demo-stack'
import { setting } from '../fixtures'
import { actionRows } from './action-rows'
import { actions, type Built, bodyOf, builtActions, call, demoActions } from './actions'
import { context, signedIn } from './actors'
import { ask, headOf, pathOf } from './ask'
import { demoActionRows, demoRows } from './demo-rows'
import { demoRoutes, scimOperations } from './routes'
import { expected, rows } from './rows'

/** Who asks a demo: its visitor, who is the demo actor; people of both companies; a program with a SCIM token. */
const ASKING = ['demo', 'member', 'admin', 'other admin', 'SCIM token'] as const
type Asking = Record<(typeof ASKING)[number], APIRequestContext>

const rebound = { host: 'rebound.example' }
const evil = { origin: 'https://evil.example' }
const isStream = (route: string) => route.endsWith('/stream')
const resources = z.object({ Resources: z.tuple([z.object({ id: z.string() })]) })

/**
 * The demo actor × everything a demo build has. It is nobody at every page, route, action and SCIM operation of a company,
 * and may do what the demo's own pages do, at this machine's own name alone; so may everybody else.
 */
export function demoMatrix(stack: () => Awaited<ReturnType<typeof startDemoStack>>): void {
  let app: string
  let asking: Asking
  let built: Map<string, Built>
  let ids: Record<'user' | 'group' | 'event' | 'session', string>

  beforeAll(async () => {
    const demo = stack()
    app = demo.app
    built = builtActions(setting('E2E_DEMO_DIST'))
    const [porter, rabbit] = demo.orgs
    if (!porter || !rabbit) throw new Error('The demo has no two companies')
    asking = {
      demo: await context({}, app),
      member: await signedIn(porter, porter.people.member, app),
      admin: await signedIn(porter, porter.people.admin, app),
      'other admin': await signedIn(rabbit, rabbit.people.admin, app),
      'SCIM token': await context({ authorization: `Bearer ${porter.scimToken}` }, app),
    }
    const first = async (path: string) => {
      const answer = await asking['SCIM token'].get(`/scim/v2/porter/${path}?count=1`)
      return resources.parse(await answer.json()).Resources[0].id
    }
    ids = { user: await first('Users'), group: await first('Groups'), event: newId(), session: newId() }
  })
  afterAll(() => Promise.all(Object.values(asking).map((each) => each.dispose())))

  it('every page, route and action of a demo has a row, and no row is without one', () => {
    expect(Object.keys(demoRows).sort()).toEqual([...demoRoutes].sort())
    expect(Object.keys(demoActionRows).sort()).toEqual([...demoActions].sort())
    expect([...built.keys()].sort()).toEqual([...actions, ...demoActions].sort())
  })

  it.each(Object.keys(rows).filter((route) => !(route in demoRows)))('%s: the demo actor is nobody', async (route) => {
    const row = rows[route]
    if (!row) throw new Error(`No row for ${route}`)
    const path = pathOf(route, row, row.door !== 'open' && row.id ? ids[row.id] : '')
    const status = isStream(route)
      ? await headOf(asking.demo, new URL(path, app), {})
      : (await ask(asking.demo, route, path, row)).status()
    expect(status).toBe(expected(row, 'anonymous'))
  })

  it.each(scimOperations)('SCIM %s: the demo actor is nobody', async (operation) => {
    const [method = '', path = ''] = operation.split(' ')
    const to = `/scim/v2/porter${path.replace(':id', ids.user)}`
    const answer = await asking.demo.fetch(to, { method, ...(method === 'GET' ? {} : { data: {} }) })
    expect(answer.status()).toBe(401)
  })

  /** A page that carries an action. */
  const pageOf = (name: string) =>
    (built.get(name)?.pages[0] ?? '').replace('[org]', 'porter').replace(/\[\w+\]/g, ids.user)
  const idOf = (name: string) => built.get(name)?.id ?? ''

  it.each(actions.filter((name) => actionRows[name]?.need !== 'anybody'))(
    '%s: the demo actor is nobody',
    async (name) => {
      const nobody = { user: newId(), group: newId(), session: newId(), task: newId(), token: 'Nobody12' }
      const args = actionRows[name]?.args('porter', nobody) ?? []
      const answer = await call(asking.demo, pageOf(name), idOf(name), args, { base: app })
      expect(answer.leadsTo).toBe('/sign-in/porter')
    },
  )

  describe.each(demoRoutes)('%s', (route) => {
    const [method = '', address = ''] = route.split(' ')
    const { status = 0, path = address } = demoRows[route] ?? {}

    it('is the same for the demo actor and for everybody else', async () => {
      const told = await Promise.all(
        ASKING.map((who) =>
          isStream(route) ? headOf(asking[who], new URL(path, app), {}) : ask(asking[who], route, path).then(statusOf),
        ),
      )
      expect([status].flat()).toContain(told[0])
      expect(new Set(told).size).toBe(1)
    })

    it('is nothing under another name, whoever asks', async () => {
      for (const who of ASKING) {
        const answer = await asking[who].fetch(path, { method, headers: rebound })
        expect([who, answer.status()]).toEqual([who, 404])
      }
    })

    it.skipIf(method === 'GET')('takes nothing from a form of another site', async () => {
      expect((await asking.demo.fetch(path, { method, headers: evil, form: {} })).status()).toBe(403)
    })
  })

  describe.each(demoActions)('%s', (name) => {
    const { form = {}, leadsTo = /^$/, pressed = false } = demoActionRows[name] ?? {}
    const send = (who: (typeof ASKING)[number], headers = {}) =>
      call(asking[who], pageOf(name), idOf(name), [{ form }], { base: app, headers })

    it.skipIf(pressed)('is done for the demo actor, and for everybody else alike', async () => {
      for (const who of ['demo', 'other admin'] as const) {
        const answer = await send(who)
        expect(answer.leadsTo ?? answer.text).toMatch(leadsTo)
      }
    })

    it('is done for no form of another site, and is nothing under another name', async () => {
      for (const who of ['demo', 'admin'] as const) {
        expect((await send(who, evil)).status).toBe(403)
        // `fetch` writes the Host header itself.
        const headers = { 'next-action': idOf(name), ...rebound }
        const renamed = await asking[who].post(pageOf(name), { headers, multipart: bodyOf([{ form }]) })
        expect(renamed.status()).toBe(404)
      }
    })
  })

  it('at the companies the lens plays at the demo actor is nobody, and so is another company’s admin', async () => {
    const { years } = yearRunSchema.parse(await (await asking.demo.get('/demo/lens/recording')).json())
    const slugs = Object.values(years).map(({ company }) => company.slug)
    expect(new Set(slugs).size).toBe(3)
    for (const who of ['demo', 'admin', 'SCIM token'] as const) {
      for (const slug of slugs) {
        const told = await Promise.all(
          [`/api/orgs/${slug}/events`, `/orgs/${slug}/admin/users`, `/scim/v2/${slug}/Users`].map((path) =>
            asking[who].get(path).then(statusOf),
          ),
        )
        expect([who, slug, told]).toEqual([who, slug, [401, 307, 401]])
      }
    }
  })
}

const statusOf = (answer: { status: () => number }) => answer.status()
