import type { BrowserContext, Page } from 'playwright'
import { beforeAll, describe, it } from 'vitest'
import { answered, signedIn, signIn, withBrowser } from '../browser'
import { withDatabase } from '../database'
import { expect } from '../expect'
import { newPerson, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'
import { consoleOf } from '../okta-console'

const john = { firstName: 'John', lastName: 'Doe', login: 'john.doe@porter.example' }
const name = 'John Doe'
const STORY = [
  'Okta created John Doe',
  'Okta updated John Doe',
  'Okta deactivated John Doe',
  'Okta reactivated John Doe',
]
const people = (page: Page) => page.getByRole('table', { name: 'People of this company' })
const log = (page: Page) => page.getByRole('table', { name: 'Events, newest first' })
const isLive = (page: Page) => expect(page.getByText('Live', { exact: true })).toBeVisible()

/** The story of the README, told in one browser through the stand-in's console; no page of an admin is ever reloaded. */
describe('John Doe', () => {
  const newContext = withBrowser({ keep: true })
  const db = withDatabase()
  const okta = oktaOf(porter)
  let admin: { users: Page; events: Page }
  let stranger: { users: Page; events: Page }
  let oktaAdmin: ReturnType<typeof consoleOf>
  let his: BrowserContext
  let hisTab: Page
  let hisId: string
  let hisFirstCookies: Awaited<ReturnType<BrowserContext['cookies']>>

  beforeAll(async () => {
    admin = await adminPages(await newContext(), porter)
    stranger = await adminPages(await newContext(), whiteRabbit)
    oktaAdmin = consoleOf(await (await newContext()).newPage(), porter)
    // A tab that is told to leave may be in the middle of a request; the refused page answers 403.
    his = await newContext({ expected: [answered(403), answered(401)] })
  })

  async function adminPages(context: BrowserContext, org: typeof porter) {
    const users = await signedIn(context, org, org.people.admin, `/orgs/${org.slug}/admin/users`)
    const events = await context.newPage()
    await events.goto(`/orgs/${org.slug}/admin/events`)
    for (const page of [users, events]) {
      await isLive(page)
      await page.evaluate(() => Object.assign(window, { firstLoad: true }))
    }
    return { users, events }
  }

  it('is hired in Okta and appears in the open list of users', async () => {
    await oktaAdmin.add(john)
    await expect(people(admin.users)).not.toContainText(name)
    const shown = firstSeen(admin.users, name)
    await oktaAdmin.assign()
    const seenAt = await shown
    const created = (await okta.log()).find((entry) => entry.method === 'POST' && entry.action === 'assign')
    expect(created?.status).toBe(201)
    console.log(
      `John Doe was in the list ${seenAt - Date.parse(created?.at ?? '') - (created?.ms ?? 0)} ms after the 201`,
    )
    await expect(people(admin.users).getByRole('row', { name: /John Doe.*Member.*From Okta.*Active/ })).toBeVisible()
    hisId = (await okta.get(john.login)).appUserId ?? ''
  })

  it('stands in the open event log', async () => {
    await expect(log(admin.events)).toContainText(/created John Doe/)
  })

  it('is nobody to White Rabbit, whose own news arrive', async () => {
    const ada = newPerson('Ada', whiteRabbit)
    await oktaOf(whiteRabbit).hire(ada)
    await expect(people(stranger.users)).toContainText(ada.login)
    await expect(log(stranger.events)).toContainText(`created Ada ${ada.lastName}`)
    for (const page of [stranger.users, stranger.events]) await expect(page.locator('body')).not.toContainText(name)
    await expect(log(admin.events)).not.toContainText(ada.lastName)
  })

  it('signs in and has tasks', async () => {
    hisTab = await signedIn(his, porter, john.login)
    await expect(hisTab).toHaveURL(/\/orgs\/porter$/)
    for (const title of ['Order a desk', 'Meet the team']) {
      await hisTab.getByLabel('New task').fill(title)
      await hisTab.getByRole('button', { name: 'Add task' }).click()
      await expect(hisTab.getByRole('listitem').filter({ hasText: title })).toBeVisible()
    }
    await hisTab.getByRole('button', { name: 'Complete “Meet the team”' }).click()
    await expect(hisTab.getByRole('button', { name: 'Open “Meet the team” again' })).toBeVisible()
    await expect(log(admin.events)).toContainText('John Doe signed in')
  })

  it('may not open the team’s tasks yet', async () => {
    const page = await his.newPage()
    const answer = await page.goto('/orgs/porter/team')
    expect(answer?.status()).toBe(403)
    await expect(page.locator('body')).not.toContainText('Everything open at Porter')
    await page.close()
  })

  it('is promoted in Okta, and the team’s tasks open in the same session', async () => {
    await oktaAdmin.setRole(name, 'Manager')
    const answer = await hisTab.goto('/orgs/porter/team')
    expect(answer?.status()).toBe(200)
    await expect(hisTab.getByRole('heading', { name: 'Team tasks' })).toBeVisible()
    await expect(people(admin.users).getByRole('row', { name: /John Doe.*Manager/ })).toBeVisible()
    await expect(log(admin.events)).toContainText('became manager')
    hisFirstCookies = await his.cookies()
  })

  it('is deactivated in Okta: his tab says by whom, and his next request is refused', async () => {
    await hisTab.goto('/orgs/porter')
    await oktaAdmin.deactivate(name)
    const me = await his.request.get('/api/me?org=porter')
    expect(me.status()).toBe(401)
    const next = await his.request.get('/orgs/porter', { maxRedirects: 0 })
    expect([303, 307]).toContain(next.status())
    expect(next.headers().location).toMatch(/\/sign-in\/porter/)
    await hisTab.waitForURL(/\/denied/)
    await expect(hisTab.getByRole('main')).toContainText('Okta deactivated your account')
    await expect(people(admin.users)).not.toContainText(name)
    await expect(log(admin.events)).toContainText(/deactivated John Doe · 1 session ended/)
  })

  it('cannot sign in while he is deactivated', async () => {
    await hisTab.getByRole('button', { name: /Sign in to Porter again/ }).click()
    await hisTab.getByLabel('Or type a sign-in name').fill(john.login)
    await hisTab.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(hisTab.getByRole('alert')).toContainText('is deactivated in Okta')
  })

  it('comes back as the same person with his tasks, and the old session stays dead', async () => {
    await oktaAdmin.activate(name)
    await expect(people(admin.users).getByRole('row', { name: /John Doe.*Manager.*Active/ })).toBeVisible()
    await expect(log(admin.events)).toContainText('reactivated John Doe')
    expect((await okta.get(john.login)).appUserId).toBe(hisId)
    const rows = await db.inOrg('porter', (tx) => tx`select id from users where user_name_key = ${john.login}`)
    expect(rows.map((row) => row.id)).toEqual([hisId])

    const old = await newContext({ expected: [answered(401)] })
    await old.addCookies(hisFirstCookies)
    expect((await old.request.get('/api/me?org=porter')).status()).toBe(401)
    expect((await old.request.get('/orgs/porter', { maxRedirects: 0 })).status()).not.toBe(200)

    await signIn(hisTab, porter, john.login)
    await expect(hisTab.getByRole('listitem').filter({ hasText: 'Order a desk' })).toBeVisible()
    await expect(hisTab.getByRole('button', { name: 'Open “Meet the team” again' })).toBeVisible()
    const me = await his.request.get('/api/me?org=porter')
    expect(await me.json()).toMatchObject({ userId: hisId, role: 'manager' })
    expect((await old.request.get('/api/me?org=porter')).status()).toBe(401)
  })

  it('was watched by pages that were never loaded again', async () => {
    for (const page of [admin.users, admin.events, stranger.users, stranger.events]) {
      expect(await page.evaluate(() => 'firstLoad' in window)).toBe(true)
    }
    const rows = (await log(admin.events).getByRole('rowheader').allInnerTexts()).reverse()
    const told = rows.flatMap((row) => STORY.filter((sentence) => row.includes(sentence)))
    // Okta follows a reactivation with the whole profile, which may change a field or two.
    expect(told.slice(0, STORY.length)).toEqual(STORY)
  })
})

/** The moment, in this machine's time, at which a text is first seen on a page. */
async function firstSeen(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.body.innerText.includes(wanted)) return
          observer.disconnect()
          resolve(Date.now())
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
        look()
      }),
    text,
  )
}
