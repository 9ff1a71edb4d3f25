import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright'
import { beforeAll, describe, it } from 'vitest'
import { signedIn, signIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { oktaUrl, porter } from '../fixtures'
import { oktaOf } from '../okta-client'
import { scimAt, scimUser } from '../scim-client'
import { createShots } from './shots'

/** The pictures of the README, in a Porter that nothing else has touched. */
describe('pictures of the README', () => {
  const newContext = withBrowser({ keep: true })
  const shoot = createShots('denied')
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
    await shoot(his, 'deactivated')
    await okta.run(john.login, 'activate')
    await signIn(his, porter, john.login)
    await his.getByLabel('New task').fill('Count the pallets')
    await his.getByRole('button', { name: 'Add task' }).click()
    await okta.run(john.login, 'deactivate')
    admin = await newContext({ deviceScaleFactor: 1.5 })
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
    if (address.startsWith('/')) await expect(page.getByText('Live', { exact: true })).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
    await page.close()
  })
})
