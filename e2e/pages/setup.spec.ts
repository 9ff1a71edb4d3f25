import type { Page } from 'playwright'
import { afterAll, it } from 'vitest'
import { createRecoveryLink } from '@/lib/auth/recovery'
import { createSetupLink } from '@/lib/auth/setup-link'
import { randomBase62 } from '@/lib/crypto'
import { createLocalUser } from '@/lib/directory/local'
import { createOrg } from '@/lib/orgs/create'
import { shutdown } from '@/lib/process'
import { withBrowser } from '../browser'
import { expect } from '../expect'
import { appUrl, newPerson, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const okta = oktaOf(whiteRabbit)
afterAll(async () => {
  await okta.pointAt({ scim: whiteRabbit.scim, scimToken: whiteRabbit.scimToken, mode: 'oin' })
  await shutdown()
})

/** A company of nobody but its owner, as `npm run org:create` makes it. */
async function freshCompany() {
  const slug = `fresh-${randomBase62(6).toLowerCase()}`
  const org = await createOrg(slug, 'Fresh Goods')
  if (!org) throw new Error('The org was not made')
  const email = `ann@${slug}.example`
  const owner = { userName: email, displayName: 'Ann Owner', email, manualRole: 'owner' } as const
  const { row } = await createLocalUser(org.orgId, owner, { kind: 'system' })
  const here = `/orgs/${slug}/admin/setup`
  return { org, slug, here, ownerId: row.id, scim: `${appUrl}/scim/v2/${slug}` }
}

const go = (page: Page, step: string) => page.getByRole('navigation', { name: 'Steps' }).getByText(step).click()
const light = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const token = async (page: Page) =>
  (await page.getByRole('region', { name: 'New token' }).locator('code').nth(1).textContent()) ?? ''

it('from nothing to connected: mistakes are named, and each light turns green as its request arrives', async () => {
  const { org, slug, here, ownerId, scim } = await freshCompany()
  const page = await (await newContext()).newPage()
  await page.goto(await createRecoveryLink(org.orgId, ownerId))
  await page.getByRole('button', { name: /^Open a session/ }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL(/step=sign-in$/)
  await go(page, 'Set up provisioning')
  await page.getByRole('button', { name: 'Switch on and create token' }).click()
  const scimToken = await token(page)
  await page.getByRole('link', { name: 'Listen to its first requests' }).click()
  await expect(page.getByText('Nothing has arrived yet.')).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const test = light(page, 'Credentials tested')
  await okta.pointAt({ scim, scimToken: porter.scimToken })
  await okta.testCredentials()
  await expect(test).toContainText('Okta used the token of another organization.')
  await okta.pointAt({ scim: porter.scim, scimToken })
  await okta.testCredentials()
  await expect(test).toContainText(`Set the SCIM connector base URL in Okta to ${scim}`)
  await expect(test).not.toContainText('another organization')
  await okta.pointAt({ scim, scimToken })
  await okta.testCredentials()
  await expect(test).toContainText('arrived')
  await expect(test).not.toContainText('wrong address')

  const person = newPerson('Fay', whiteRabbit)
  await okta.hire(person)
  await expect(light(page, 'First person')).toContainText('arrived')
  const group = `Leads of ${slug}`
  await okta.pushGroup(group, person.login)
  await expect(light(page, 'First group')).toContainText('arrived')

  await page.goto(`/orgs/${slug}/admin/settings/roles?find=${encodeURIComponent(group)}`)
  await page.getByRole('link', { name: `Choose a role for ${group}` }).click()
  await page.getByRole('navigation', { name: 'Role to look at' }).getByText('Manager').click()
  await page.getByRole('button', { name: /^Give manager/i }).click()
  await expect(page.getByRole('navigation', { name: 'Role to look at' }).getByText('now')).toHaveCount(1)
  await page.goto(`${here}?step=listen`)
  for (const name of ['Credentials tested', 'First look-up', 'First person', 'First group', 'A group gives a role'])
    await expect(light(page, name)).toContainText('arrived')
  await expect(page.getByText('Listen to the first requests (done)')).toBeVisible()
})

it('the IT person’s link opens the setup alone, once, and needs no scripts', async () => {
  const { org, slug, here, ownerId, scim } = await freshCompany()
  const link = await createSetupLink({ org, actor: { kind: 'system' } }, ownerId)
  const page = await (await newContext({ javaScriptEnabled: false })).newPage()
  await page.goto(link)
  await page.getByRole('button', { name: 'Begin' }).click()
  await expect(page.getByRole('banner')).toContainText('Setup link of Ann Owner')
  await page.getByLabel('Okta', { exact: false }).first().check()
  await page.getByRole('button', { name: 'Go on' }).click()
  await go(page, 'Set up provisioning')
  await page.getByRole('button', { name: 'Switch on and create token' }).click()
  // Of an app made with Okta's wizard, which reads and puts where one of the catalogue patches.
  await okta.pointAt({ scim, scimToken: await token(page), mode: 'aiw' })
  await okta.testCredentials()
  const person = newPerson('Wiz', whiteRabbit)
  await okta.hire(person)
  expect((await okta.update(person.login, { title: 'Clerk' })).requests.map(({ method }) => method)).toContain('PUT')
  await okta.pushGroup(`Clerks of ${slug}`, person.login)
  await page.goto(`${here}?step=listen`)
  await expect(async () => {
    await page.getByRole('link', { name: 'Look again' }).click()
    for (const name of ['Credentials tested', 'First look-up', 'First person', 'First group'])
      await expect(light(page, name)).toContainText('arrived', { timeout: 500 })
  }).toPass()
  await expect(light(page, 'First person')).toContainText('1 person waits, inactive, until an admin lets them in')

  await expect(page.locator('a[href*="/admin"]:not([href*="/admin/setup?step="])')).toHaveCount(0)
  for (const path of ['', '/users', '/events', '/settings/general', '/setup/readiness']) {
    await page.goto(`/orgs/${slug}/admin${path}`)
    await expect(page).toHaveURL(new RegExp(`/sign-in/${slug}`))
  }
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link cannot be used')
})
