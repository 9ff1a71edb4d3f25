import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, it, expect as see } from 'vitest'
import { shutdown } from '@/lib/process'
import { signedIn, signIn, withBrowser } from './browser'
import { withDatabase } from './database'
import { startDemoStack } from './demo-stack'
import { expect } from './expect'
import { oktaUrl, porter } from './fixtures'
import { oktaOf } from './okta-client'
import { pageList, pagesLeftOut } from './page-list'
import { scimAt, scimUser } from './scim-client'
import { startSecondStack } from './second-stack'
import { braking, failing, large, makeCompany, paused, reviewing, waiting } from './shot-companies'
import { createShots } from './shots'
import { setStage } from './stage'

/**
 * `npm run screenshots`: every page of the page list and of the demo, of an empty company and a large one, and every state
 * that is not all well, into `.data/screenshots`; and the pictures of the README, from the app itself.
 */
describe.skipIf(process.env.ROLLCALL_SCREENSHOTS !== '1')('screenshots', () => {
  // States that fail make the browser complain.
  const newContext = withBrowser({ keep: true })
  const fresh = () => newContext({ reducedMotion: 'reduce', expected: [/./] })
  const db = withDatabase()
  const { shoot } = createShots()
  afterAll(shutdown)

  describe('of the README', () => {
    const folder = join('public', 'docs')
    const okta = oktaOf(porter)
    let admin: BrowserContext
    let id: string

    /** John's story once, as the tour tells it. */
    beforeAll(async () => {
      mkdirSync(folder, { recursive: true })
      const john = { firstName: 'John', lastName: 'Doe', login: 'john.doe@porter.example', title: 'Depot planner' }
      id = await okta.hire(john)
      const his = await signedIn(await newContext(), porter, john.login)
      await his.getByLabel('New task').fill('Draw the plan of depot 2')
      await his.getByRole('button', { name: 'Add task' }).click()
      await okta.update(john.login, { roles: ['manager'], title: 'Depot manager' })
      await scimAt(porter.scim, porter.scimToken.replace(/.{6}$/, 'xxxxxx'))('GET', '/Users')
      await scimAt(porter.scim, porter.scimToken)('POST', '/Users', scimUser(john.login))
      await okta.run(john.login, 'deactivate')
      await his.waitForURL(/\/denied/)
      await shoot(his, 'full', 'denied: deactivated')
      await okta.run(john.login, 'activate')
      await signIn(his, porter, john.login)
      await his.getByLabel('New task').fill('Count the pallets')
      await his.getByRole('button', { name: 'Add task' }).click()
      await okta.run(john.login, 'deactivate')
      admin = await newContext({ deviceScaleFactor: 1.5, reducedMotion: 'reduce' })
      await signedIn(admin, porter, porter.people.admin)
    })

    const pictures: [name: string, address: string, colorScheme: 'light' | 'dark'][] = [
      ['events-light', '/orgs/porter/admin/events', 'light'],
      ['events-dark', '/orgs/porter/admin/events', 'dark'],
      ['users', '/orgs/porter/admin/users?tab=all', 'light'],
      ['person', '/orgs/porter/admin/users/ID', 'light'],
      ['okta-console', `${oktaUrl}/admin/porter`, 'light'],
    ]
    it.each(pictures)('%s', async (name, address, colorScheme) => {
      const page = await admin.newPage()
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(address.replace('ID', id))
      await expect(page.getByRole('main')).toContainText('John Doe')
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
      await page.close()
    })
  })

  describe('full', () => {
    let stage: Awaited<ReturnType<typeof setStage>>
    beforeAll(async () => {
      stage = await setStage(newContext, db)
    })

    it('leaves no page out', () => {
      see(pagesLeftOut()).toEqual([])
    })

    it.each(pageList)('%s, %s', async (path, who) => {
      const page = stage.visitors[who]
      await page.goto(stage.addressOf(path))
      await shoot(page, 'full', `${who} ${path}`)
    })

    it('the inspector beside the log, the palette, the map of keys and a menu', async () => {
      const page = stage.visitors.admin
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto('/orgs/porter/admin/events')
      await expect(page.getByText('Live', { exact: true })).toBeVisible()
      await page.getByRole('table', { name: 'Events, newest first' }).getByRole('link').first().click()
      await expect(page.getByRole('complementary', { name: 'Event', exact: true })).toContainText('Summary')
      await shoot(page, 'full', 'events: inspector')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: /^Search pages/ }).fill('ma')
      await expect(page.getByRole('option', { name: /Maximiliane/ })).toBeVisible()
      await shoot(page, 'full', 'palette')
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await shoot(page, 'full', 'keys')
      await page.keyboard.press('Escape')
    })
  })

  describe('empty', () => {
    const paths = pageList
      .filter(([path, who]) => who === 'admin' && !/[A-Z]{4,}|nobody|nothing|0000|find=|reads|colour/.test(path))
      .map(([path]) => path.replace('/porter', '/empty'))
    let page: Page
    beforeAll(async () => {
      page = await opened((await makeCompany('empty', 'Empty Shelves')).link)
    })
    it.each([...paths, '/orgs/empty/admin/events'])('%s', async (path) => {
      await page.goto(path)
      await shoot(page, 'empty', path)
    })
  })

  describe('states', () => {
    const companies: [name: string, make: () => Promise<{ link: string; slug: string }>, paths: string[]][] = [
      ['waiting', waiting, ['', '/setup?step=listen', '/events', '/settings/provisioning']],
      ['reviewing', reviewing, ['', '/users/review', '/setup?step=listen', '/settings/provisioning']],
      ['paused', paused, ['', '/setup?step=listen', '/settings/provisioning']],
      ['braking', braking, ['', '/settings/general', '/events']],
      ['failing', failing, ['', '/setup?step=listen', '/events', '/events?q=status:failed', '/groups']],
    ]
    it.each(companies)('%s', async (name, make, paths) => {
      const { link, slug } = await make()
      const page = await opened(link)
      for (const path of paths) {
        await page.goto(`/orgs/${slug}/admin${path}`)
        await shoot(page, name, path || 'overview')
      }
    })

    it('offline: reconnecting, then polling', async () => {
      const context = await fresh()
      await signedIn(context, porter, porter.people.admin)
      const page = await context.newPage()
      await page.route('**/events/stream*', (route) => route.abort())
      await page.route('**/api/orgs/porter/events?*', (route) => route.abort())
      await page.goto('/orgs/porter/admin/events')
      await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
      await shoot(page, 'offline', 'reconnecting')
      await page.unroute('**/api/orgs/porter/events?*')
      await expect(page.getByText('Polling', { exact: true })).toBeVisible()
      await shoot(page, 'offline', 'polling')
    })

    it('too fast', async () => {
      const page = await (await fresh()).newPage()
      await page.goto('/busy?seconds=30')
      await shoot(page, 'full', 'busy')
    })
  })

  it('large', async () => {
    const company = await large()
    const page = await opened(company.link)
    for (const path of [
      '',
      '/users',
      '/users?tab=all&q=wolfe',
      `/users/${company.person}`,
      '/groups',
      `/groups/${company.group}`,
      '/events?density=dense',
    ]) {
      await page.goto(`/orgs/large/admin${path}`)
      await shoot(page, 'large', path || 'overview')
    }
    const theirs = await opened(await company.linkFor(company.person))
    await theirs.goto('/orgs/large/access')
    await shoot(theirs, 'large', 'access')
  }, 600_000)

  // These two bring stacks of their own, and leave this process pointing at them.
  it('the database is away', async () => {
    const stack = await startSecondStack()
    try {
      const page = await (await newContext({ baseURL: stack.app, expected: [/./], reducedMotion: 'reduce' })).newPage()
      await page.goto(stack.link)
      await page.getByRole('button', { name: /Open a session/ }).click()
      await expect(page.getByText('Live', { exact: true })).toBeVisible()
      await stack.killDatabase()
      for (const path of ['/orgs/porter/admin', '/sign-in/porter']) {
        await page.goto(path)
        await shoot(page, 'away', path)
      }
    } finally {
      await stack.stop()
    }
  })

  it('the demo and the stand-in', async () => {
    const demo = await startDemoStack()
    try {
      const page = await (await newContext({ baseURL: demo.app, reducedMotion: 'reduce', expected: [/./] })).newPage()
      for (const path of ['/', '/demo', '/demo/lens', '/lab']) {
        await page.goto(path, { timeout: 60_000 })
        await shoot(page, 'demo', path)
      }
      await page.locator('a[href^="/lab/"]').first().click()
      await page.waitForURL(/\/lab\/./)
      await shoot(page, 'demo', '/lab/case')
    } finally {
      await demo.stop()
    }
    const page = await (await fresh()).newPage()
    for (const path of ['', '/groups', '/app', '/log', '/tasks', '/faults']) {
      await page.goto(`${oktaUrl}/admin/porter${path}`)
      await shoot(page, 'stand-in', path || 'people')
    }
  })

  /** A page of a session that a recovery link opened. */
  async function opened(link: string): Promise<Page> {
    const page = await (await fresh()).newPage()
    await page.goto(link)
    await page.getByRole('button', { name: /^Open a session/ }).click()
    await page.waitForURL(/\/orgs\//)
    return page
  }
})
