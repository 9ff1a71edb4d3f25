import type { BrowserContext } from 'playwright'
import { beforeAll, describe, it } from 'vitest'
import { newId } from '@/lib/ids'
import { answered, signedIn, signIn, signOut, withBrowser } from '../browser'
import { withDatabase } from '../database'
import { expect } from '../expect'
import { appUrl, newPerson, type OrgFixture, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'
import { scimAt } from '../scim-client'

const newContext = withBrowser()
const db = withDatabase()
let stranger: { id: string; event: string }

beforeAll(async () => {
  const id = await oktaOf(whiteRabbit).hire(newPerson('Sten', whiteRabbit))
  const [row] = await db.inOrg('white-rabbit', (tx) => tx`select id from events where target_id = ${id} limit 1`)
  stranger = { id, event: String(row?.id) }
})

const cookieOf = async (context: BrowserContext, org: OrgFixture) => {
  const cookies = await context.cookies(appUrl)
  const found = cookies.find(({ name }) => name === `rollcall.${org.slug}.session`)
  if (!found) throw new Error(`No session cookie of ${org.name}`)
  return found
}

/** Status, where it leads to and body of an address as this browser asks for it; `said` stands for what was asked. */
async function asked(context: BrowserContext, path: string, said: string) {
  const answer = await context.request.get(path, { maxRedirects: 0 })
  const text = (await answer.text()).replace(/evt_[0-9a-f]{32}/g, 'EVENT')
  return { status: answer.status(), location: answer.headers().location?.replaceAll(said, 'ORG'), text }
}

const pages = ['', '/team', '/admin/users', '/admin/events', '/admin/users/ID', '/admin/events/ID']
const apis = ['/events', '/events/stream', '/me/stream']

describe('an admin of Porter', () => {
  it('meets the door of White Rabbit as anybody would, and as at a company that does not exist', async () => {
    const context = await newContext()
    await signedIn(context, porter, porter.people.admin)
    const session = await cookieOf(context, porter)
    // The same session under the other company's name is worth nothing either.
    await context.addCookies([{ ...session, name: 'rollcall.white-rabbit.session' }])
    await context.addCookies([{ ...session, name: 'rollcall.no-such-org.session' }])
    for (const page of pages) {
      const path = page.replace('ID', page.includes('events') ? stranger.event : stranger.id)
      const there = await asked(context, `/orgs/white-rabbit${path}`, 'white-rabbit')
      expect(there).toMatchObject({
        status: 307,
        location: expect.stringMatching(/^(http:\/\/localhost:\d+)?\/sign-in\/ORG/),
      })
      const nowhere = await asked(context, `/orgs/no-such-org${path}`, 'no-such-org')
      expect(nowhere).toMatchObject({ status: there.status, location: there.location })
    }
    for (const path of apis) {
      const there = await asked(context, `/api/orgs/white-rabbit${path}`, 'white-rabbit')
      expect(there.status).toBe(401)
      expect(await asked(context, `/api/orgs/no-such-org${path}`, 'no-such-org')).toEqual(there)
    }
  })

  it('finds White Rabbit’s people and events as little as ones that do not exist', async () => {
    const context = await newContext({ expected: [answered(404)] })
    const page = await signedIn(context, porter, porter.people.admin)
    for (const [path, id] of [
      ['users', stranger.id],
      ['events', stranger.event],
    ]) {
      const shown = async (wanted: string) => {
        const answer = await page.goto(`/orgs/porter/admin/${path}/${wanted}`)
        return { status: answer?.status(), text: await page.getByRole('main').innerText() }
      }
      const there = await shown(id ?? '')
      expect(there.status).toBe(404)
      expect(await shown(newId())).toEqual(there)
      expect(await shown('not-an-id')).toEqual(there)
    }
  })

  it('cannot provision with a session, nor open a page with a SCIM token', async () => {
    const context = await newContext()
    await signedIn(context, porter, porter.people.admin)
    const users = `${porter.scim}/Users`
    expect((await context.request.get(users)).status()).toBe(401)
    const session = await cookieOf(context, porter)
    expect((await scimAt(porter.scim, session.value)('GET', '/Users')).status).toBe(401)

    const holder = await newContext()
    const authorization = `Bearer ${porter.scimToken}`
    await holder.addCookies([{ ...session, value: porter.scimToken }])
    for (const path of pages) {
      const answer = await holder.request.get(`/orgs/porter${path}`, { headers: { authorization }, maxRedirects: 0 })
      expect(answer.status()).toBe(307)
    }
    const events = await holder.request.get('/api/orgs/porter/events', { headers: { authorization } })
    expect(events.status()).toBe(401)
  })
})

describe('one browser', () => {
  it('holds sessions of two companies at once, each under its own address', async () => {
    const context = await newContext()
    // Both sign-ins are open at the same time and end in the other order.
    const [first, second] = [await context.newPage(), await context.newPage()]
    for (const [page, org] of [
      [first, porter],
      [second, whiteRabbit],
    ] as const) {
      await page.goto(`/sign-in/${org.slug}`)
      await page.getByRole('button', { name: /^Continue with Okta/ }).click()
    }
    await second.getByRole('button', { name: new RegExp(whiteRabbit.people.member) }).click()
    await expect(second).toHaveURL(/\/orgs\/white-rabbit$/)
    await first.getByRole('button', { name: new RegExp(porter.people.admin) }).click()
    await expect(first).toHaveURL(/\/orgs\/porter$/)

    const me = await context.request.get('/api/me')
    const both = await me.json()
    expect(both.map((each: { org: string; role: string }) => [each.org, each.role]).sort()).toEqual([
      ['porter', 'admin'],
      ['white-rabbit', 'member'],
    ])
    await second.goto('/orgs/white-rabbit')
    await expect(second.getByRole('main')).toContainText('White Rabbit')

    await signOut(first)
    await expect(first).toHaveURL(/\/sign-in\/porter$/)
    expect((await context.request.get('/api/me?org=porter')).status()).toBe(401)
    expect((await context.request.get('/api/me?org=white-rabbit')).status()).toBe(200)
  })

  it('ends the session it held when it signs in again, and gets a new one', async () => {
    const context = await newContext()
    const page = await signedIn(context, porter, porter.people.member)
    const before = await cookieOf(context, porter)
    await page.goto('about:blank')
    await context.clearCookies({ name: before.name })
    await signInAgain()
    const after = await cookieOf(context, porter)
    expect(after.value).not.toBe(before.value)

    async function signInAgain() {
      await page.goto('/sign-in/porter')
      await page.getByRole('button', { name: /^Continue with Okta/ }).click()
      // Okta knows the person still.
      await expect(page).toHaveURL(/\/orgs\/porter$/)
    }
  })

  it('signs a second person in at Okta in place of the first', async () => {
    const context = await newContext()
    const page = await signedIn(context, whiteRabbit, whiteRabbit.people.member)
    await signOut(page)
    await expect(page).toHaveURL(/\/sign-in\/white-rabbit$/)
    await signIn(page, whiteRabbit, whiteRabbit.people.manager)
    const me = await context.request.get('/api/me?org=white-rabbit')
    expect(await me.json()).toMatchObject({ userName: whiteRabbit.people.manager })
  })
})
