import type { Page } from 'playwright'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { createLocalUser } from '@/lib/directory/local'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { shutdown } from '@/lib/process'
import { withBrowser } from './browser'
import { connect } from './database'
import { expect } from './expect'
import { newPerson, until } from './fixtures'
import { activePatch, errorOf, idOf, type ScimAnswer, scimAt, scimUser } from './scim-client'
import { type SecondStack, startSecondStack } from './second-stack'

let stack: SecondStack
let scim: ReturnType<typeof scimAt>

beforeAll(async () => {
  stack = await startSecondStack()
  scim = scimAt(stack.porter.scim, stack.porter.scimToken)
})
afterAll(async () => {
  await shutdown()
  await stack?.stop()
})

/** Rows of Porter, by a connection of its own: the database comes and goes here. */
async function rowsOf(query: Parameters<ReturnType<typeof connect>['inOrg']>[1]) {
  const db = connect(stack.appRoleUrl)
  return db.inOrg('porter', query).finally(db.end)
}

const hire = () => scim('POST', '/Users', scimUser(newPerson('Otto').login))

describe('when the database is away', () => {
  // Everything fails here on purpose, and the browser notes each failure.
  const newContext = withBrowser({ keep: true })
  let page: Page
  let other: Page
  let work: ReturnType<typeof keepHiring>

  beforeAll(async () => {
    page = await (await newContext({ baseURL: stack.app, expected: [/./] })).newPage()
    await page.goto(stack.link)
    await page.getByRole('button', { name: /Open a session/ }).click()
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
    work = keepHiring()
    await until('some people were hired', async () => work.count() > 10)
    await stack.killDatabase()
  })

  /** Hires people one after the other until stopped, whatever is answered. */
  function keepHiring() {
    let going = true
    const answers: ScimAnswer[] = []
    const run = async () => {
      while (going) answers.push(await hire())
    }
    const ended = Promise.all([run(), run(), run()])
    const stop = async () => {
      going = false
      await ended
      return answers
    }
    return { stop, count: () => answers.length }
  }

  it('SCIM answers 503 with Retry-After and a sentence', async () => {
    const answer = await hire()
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(answer.headers.get('content-type')).toContain('application/scim+json')
    expect(errorOf(answer).detail).toContain('cannot reach its database')
    const bodies = { GET: undefined, PUT: scimUser('otto@porter.example'), PATCH: activePatch(true), DELETE: undefined }
    for (const [verb, body] of Object.entries(bodies)) {
      const other = await scim(verb, '/Users/018f0000-0000-7000-8000-000000000000', body)
      expect([verb, other.status]).toEqual([verb, 503])
    }
  })

  it('the health check names the part, and JSON routes say so', async () => {
    const health = await fetch(`${stack.app}/api/health`)
    expect(health.status).toBe(503)
    expect(await health.json()).toEqual({ status: 'failing', failing: 'database' })
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    for (const path of [
      '/api/me',
      '/api/orgs/porter/events',
      '/api/orgs/porter/events/stream',
      '/api/orgs/porter/me/stream',
    ]) {
      const answer = await fetch(stack.app + path, { headers: { cookie } })
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([
        path,
        503,
        expect.stringMatching(/^\d+$/),
      ])
    }
  })

  it('pages say so, and nobody is signed out', async () => {
    await expect(page).toHaveURL(/\/orgs\/porter\/admin\/users$/)
    const away = 'Rollcall cannot reach its database'
    // What was hired last may have made the page ask again already. If not it says that it is not live, until somebody asks.
    const notLive = page.getByRole('status').filter({ hasText: 'Reconnecting' })
    await expect(page.getByRole('heading', { name: away }).or(notLive).first()).toBeVisible()
    if (await notLive.isVisible()) await page.getByRole('link', { name: /^All/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(away)
    other = await page.context().newPage()
    for (const path of ['/orgs/porter', '/orgs/porter/admin/events', '/sign-in/porter']) {
      const answer = await other.goto(path)
      expect([path, answer?.status(), answer?.headers()['retry-after']]).toEqual([path, 503, '5'])
      await expect(other.getByRole('heading', { level: 1 })).toHaveText(away)
    }
    await other.goto('/orgs/porter')
    await expect(other.getByRole('heading', { level: 1 })).toHaveText(away)
  })

  it('a page that said so is itself again once the database is', async () => {
    await stack.startDatabase()
    await expect(other.getByRole('heading', { name: 'My tasks' })).toBeVisible()
  })

  it('all is well again by itself: SCIM, the health check, and the page that stayed open', async () => {
    await until('health', async () => (await fetch(`${stack.app}/api/health`)).status === 200)
    const { login } = newPerson('Rita')
    const made = await scim('POST', '/Users', scimUser(login))
    expect(made.status).toBe(201)
    await page.getByLabel('Search people').fill(login)
    await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible({ timeout: 15_000 })
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await expect(page.getByRole('table')).toContainText(login)
  })

  it('every answer was kept and nothing is half-written', async () => {
    const answers = await work.stop()
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([201, 503])
    const created = answers.filter(({ status }) => status === 201).map(idOf)
    const rows = await rowsOf(
      (tx) => tx`
        select u.id,
          (select count(*)::int from events e where e.target_id = u.id::text and e.type = 'user.created') as events,
          (select count(*)::int from user_history h where h.user_id = u.id) as history
        from users u where u.user_name_key like 'otto.%'`,
    )
    expect(rows.filter((row) => row.events !== 1 || row.history !== 1)).toEqual([])
    const kept = new Set(rows.map((row) => String(row.id)))
    expect(created.filter((id) => !kept.has(id))).toEqual([])
    const orphans = await rowsOf(
      (tx) => tx`
      select e.id from events e where e.type = 'user.created' and e.outcome = 'success'
        and not exists (select 1 from users u where u.org_id = e.org_id and u.id::text = e.target_id)`,
    )
    expect(orphans).toEqual([])
  })

  it('the app is killed and started again: the log that stayed open has everything, once, in its order', async () => {
    await page.goto('/orgs/porter/admin/events')
    const state = page.getByRole('status').filter({ hasText: /^(Live|Reconnecting|Polling)$/ })
    await expect(state).toHaveText('Live')
    const links = page.getByRole('table', { name: 'Events, newest first' }).getByRole('link')
    const of = (p: Person) => links.filter({ hasText: `created ${p.firstName} ${p.lastName}` })
    const hired = ({ login, firstName, lastName }: Person) =>
      scim('POST', '/Users', scimUser(login, { name: { givenName: firstName, familyName: lastName } }))
    const [before, meanwhile, after] = [newPerson('Bo'), newPerson('Mia'), newPerson('Al')]
    await hired(before)
    await expect(of(before)).toHaveCount(1)
    await stack.first.kill()
    await expect(state).toHaveText('Reconnecting')
    await addByHand(meanwhile)
    await stack.restart()
    await expect(state).toHaveText('Live')
    await hired(after)
    for (const person of [after, meanwhile, before]) await expect(of(person)).toHaveCount(1)
    const { events } = await (await page.request.get('/api/orgs/porter/events?limit=50')).json()
    const shown = await links.evaluateAll((all) => all.slice(0, 50).map(({ id }) => id))
    expect(shown).toEqual(events.map(({ ref }: { ref: string }) => `row-${ref}`))
  })

  type Person = ReturnType<typeof newPerson>

  /** Written by a process that serves nobody, while none does. */
  async function addByHand({ login, firstName, lastName }: Person): Promise<void> {
    const org = await getOrgBySlug('porter')
    const person = { userName: login, displayName: `${firstName} ${lastName}`, email: login, manualRole: null }
    await createLocalUser(org?.orgId ?? '', person, { kind: 'system' })
  }
})

describe.each(['events', 'event_payloads', 'user_history'])('when %s cannot be written', (table) => {
  const asOwner = async (statement: string) => {
    const owner = postgres(stack.ownerUrl, { max: 1, onnotice: () => undefined })
    await owner.unsafe(statement).finally(() => owner.end({ timeout: 2 }))
  }
  const stateOf = async (login: string) =>
    (await rowsOf((tx) => tx`select active, version, session_epoch from users where user_name_key = ${login}`))[0]
  const known = newPerson('Knut')
  let id: string

  beforeAll(async () => {
    id = idOf(await scim('POST', '/Users', scimUser(known.login)))
    await asOwner(`alter table ${table} add constraint broken check (false) not valid`)
  })
  afterAll(() => asOwner(`alter table ${table} drop constraint if exists broken`))

  it('nobody is created, and nobody is changed', async () => {
    const before = await stateOf(known.login)
    const nobody = newPerson('Nobody')
    const answers = [
      await scim('POST', '/Users', scimUser(nobody.login)),
      await scim('PATCH', `/Users/${id}`, activePatch(false)),
      await scim('PUT', `/Users/${id}`, scimUser(known.login, { title: 'Other' })),
      // A DELETE has no body in either direction, so its event has no payload to fail.
      ...(table === 'event_payloads' ? [] : [await scim('DELETE', `/Users/${id}`)]),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(500)
      expect(errorOf(answer).detail).toContain('Nothing was written')
    }
    expect(await stateOf(nobody.login)).toBeUndefined()
    expect(await stateOf(known.login)).toEqual(before)
    await asOwner(`alter table ${table} drop constraint broken`)
    expect((await scim('PATCH', `/Users/${id}`, activePatch(false))).status).toBe(200)
  })
})
