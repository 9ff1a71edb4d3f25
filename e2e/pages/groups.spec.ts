import type { Page } from 'playwright'
import { describe, it, expect as see } from 'vitest'
import { answered, chooseAtOkta, signedIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, oktaUrl, porter } from '../fixtures'
import { oktaOf } from '../okta-client'
import { idOf, scimAt, scimGroup } from '../scim-client'

const newContext = withBrowser()
const okta = oktaOf(porter)
const scim = scimAt(porter.scim, porter.scimToken)
const list = `/orgs/${porter.slug}/admin/groups`
const roles = `/orgs/${porter.slug}/admin/settings/roles`
const team = `/orgs/${porter.slug}/team`

const asAdmin = async (path: string, javaScriptEnabled = true) =>
  signedIn(await newContext({ javaScriptEnabled }), porter, porter.people.admin, path)

/** One of the searches of a page, by what its field is called. */
const look = async (page: Page, label: string, words: string) => {
  await page.getByLabel(label).fill(words)
  await page
    .getByRole('search')
    .filter({ has: page.getByLabel(label) })
    .getByRole('button')
    .click()
}

const confirm = async (page: Page) => {
  await page.getByRole('main').getByRole('link', { name: 'Confirm with Okta' }).first().click()
  await chooseAtOkta(page, porter.people.admin)
}

it('a pushed group gives a role once an admin says so: the member’s locked page opens in the same session', async () => {
  const john = newPerson('John')
  const name = `Night shift ${john.lastName}`
  await okta.hire(john)
  const his = await signedIn(await newContext({ expected: [answered(403)] }), porter, john.login)
  const status = async () => (await his.goto(team))?.status()
  see(await status()).toBe(403)
  const page = await asAdmin(list)

  // Nobody reloads the list: the group appears when it is pushed.
  const console = await (await newContext()).newPage()
  await console.goto(`${oktaUrl}/admin/${porter.slug}/groups`)
  await console.getByLabel('Name of the new group').fill(name)
  await console.getByRole('button', { name: 'Add group' }).click()
  await console.getByLabel('Person to add').selectOption({ label: `John ${john.lastName} (${john.login})` })
  await console.getByRole('button', { name: 'Add to group' }).click()
  await console.getByRole('button', { name: 'Push group' }).click()
  await expect(page.getByRole('link', { name })).toBeVisible()
  see(await status()).toBe(403)

  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('link', { name: 'Manager', exact: true }).click()
  const main = page.getByRole('main')
  await expect(main).toContainText(`1 person becomes Manager: John ${john.lastName}`)
  await expect(page.getByRole('button', { name: 'Give Manager' })).toHaveCount(0)
  await confirm(page)
  await expect(main).toContainText(`1 person becomes Manager: John ${john.lastName}`)
  see(await status()).toBe(403)
  await page.getByRole('button', { name: 'Give Manager' }).click()
  await expect(page.getByText('The group gives Manager now.')).toBeVisible()
  await expect(main).toContainText('chosen by Adam Clarke')
  see(await status()).toBe(200)

  await page.getByRole('link', { name: 'No role', exact: true }).click()
  await expect(main).toContainText(`1 person loses Manager and becomes Member: John ${john.lastName}`)
  await page.getByRole('button', { name: 'Stop giving a role' }).click()
  await expect(page.getByText('The group gives no role any more.')).toBeVisible()
  see(await status()).toBe(403)
})

describe('without scripts', () => {
  it('roles are looked at, confirmed, saved and explained; entitlements are added, changed and removed', async () => {
    const rosa = newPerson('Rosa')
    const id = await okta.hire(rosa)
    const name = `Depot ${rosa.lastName}`
    const group = idOf(await scim('POST', '/Groups', scimGroup(name, [id])))
    const page = await asAdmin(list, false)
    const main = page.getByRole('main')
    await look(page, 'Search groups', rosa.lastName)
    await page.getByRole('link', { name }).click()
    await page.waitForURL((url) => url.pathname === `${list}/${group}`)
    await expect(page.getByRole('table', { name: 'Members of this group' })).toContainText(rosa.login)

    await page.goto(roles)
    await look(page, 'Find a group to give a role', rosa.lastName)
    await page.getByRole('link', { name: `Choose a role for ${name}` }).click()
    await page.getByRole('link', { name: 'Manager', exact: true }).click()
    await expect(main).toContainText(`1 person becomes Manager: Rosa ${rosa.lastName}`)
    await confirm(page)
    // Somebody comes in between: what is saved is what was seen, or nothing.
    const late = newPerson('Late')
    const lateId = await okta.hire(late)
    await scim('PUT', `/Groups/${group}`, scimGroup(name, [id, lateId]))
    await page.getByRole('button', { name: 'Give Manager' }).click()
    await expect(page.getByText('Meanwhile other people are concerned')).toBeVisible()
    await expect(main).toContainText('2 people become Manager')
    await page.getByRole('button', { name: 'Give Manager' }).click()
    await expect(page.getByText('The group gives Manager now.')).toBeVisible()

    await page.goto(roles)
    await look(page, 'Person to explain', rosa.lastName)
    await expect(main).toContainText(`Member of the group “${name}”, which gives this role.`)

    const value = `reports-${rosa.lastName}`.toLowerCase()
    await page.getByLabel('Value').fill('not a value')
    await page.getByLabel('Name', { exact: true }).fill('Reports')
    await page.getByRole('button', { name: 'Add entitlement' }).click()
    await expect(page.getByText('Use letters, digits')).toBeVisible()
    await page.getByLabel('Value').fill(value)
    await page.getByRole('button', { name: 'Add entitlement' }).click()
    await expect(page.getByText('Reports is in the catalogue.')).toBeVisible()
    see((await scim('GET', `/Entitlements/${value}`)).status).toBe(200)
    await page.goto(`${roles}?edit=${value}`)
    await page.getByLabel('Name', { exact: true }).fill('All reports')
    await page.getByRole('button', { name: 'Save' }).last().click()
    await expect(main.getByText('All reports').first()).toBeVisible()
    await page.locator('summary').filter({ hasText: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove entitlement' }).click()
    await expect(main.getByText('All reports')).toHaveCount(0)
    see((await scim('GET', `/Entitlements/${value}`)).status).toBe(404)
  })
})
