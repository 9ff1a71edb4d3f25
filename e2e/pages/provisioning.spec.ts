import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import { chooseAtOkta, signedIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { whiteRabbit as org } from '../fixtures'
import { scimAt } from '../scim-client'

const newContext = withBrowser()
const path = `/orgs/${org.slug}/admin/settings/provisioning`
const status = async (token: string) => (await scimAt(org.scim, token)('GET', '/Users?count=1')).status

/** The page, with a fresh confirmation. */
async function confirmed(javaScriptEnabled: boolean): Promise<Page> {
  const page = await signedIn(await newContext({ javaScriptEnabled }), org, org.people.admin, path)
  await expect(page.getByRole('button', { name: 'Create token' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Confirm with Okta' }).first().click()
  await chooseAtOkta(page, org.people.admin)
  await page.waitForURL((url) => url.pathname === path)
  return page
}

const rowOf = (page: Page, token: string) => page.getByRole('listitem').filter({ hasText: `…${token.slice(-10, -6)}` })
const shown = (page: Page) => page.getByRole('region', { name: 'New token' }).locator('code').nth(1)

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('tokens %s', (_, javaScriptEnabled) => {
  it('are made after a confirmation, shown once, rotated and revoked', async () => {
    const page = await confirmed(javaScriptEnabled)
    await page.getByRole('button', { name: 'Create token' }).click()
    const first = (await shown(page).textContent()) ?? ''
    expect(first).toMatch(/^rollcall_[0-9A-Za-z]{68}$/)
    expect(await status(first)).toBe(200)
    await expect(page.getByRole('button', { name: 'Create token' })).toHaveCount(0)

    const row = rowOf(page, first)
    await row.getByText('Rotate', { exact: true }).click()
    await row.getByRole('button', { name: 'Rotate token' }).click()
    await expect(shown(page)).not.toHaveText(first)
    const second = (await shown(page).textContent()) ?? ''
    expect([await status(first), await status(second)]).toEqual([401, 200])

    const next = rowOf(page, second)
    await next.getByText('Revoke', { exact: true }).click()
    await expect(next).toContainText('The other live token goes on working.')
    await next.getByRole('button', { name: 'Revoke token' }).click()
    await expect(shown(page)).toHaveCount(0)
    expect(await status(second)).toBe(401)
    expect(await status(org.scimToken)).toBe(200)

    await page.goto(path)
    await expect(page.getByText(first)).toHaveCount(0)
  })

  it('provisioning is paused and resumed; Okta is told so meanwhile', async () => {
    const page = await signedIn(await newContext({ javaScriptEnabled }), org, org.people.admin, path)
    const directory = page.getByRole('region', { name: 'Directory' })
    await directory.getByText('Pause', { exact: true }).click()
    await directory.getByRole('button', { name: 'Pause provisioning' }).click()
    await expect(directory.getByText('Paused', { exact: true })).toBeVisible()
    expect(await status(org.scimToken)).toBe(403)
    await directory.getByText('Resume', { exact: true }).click()
    await directory.getByRole('button', { name: 'Resume provisioning' }).click()
    await expect(directory.getByText('Active', { exact: true })).toBeVisible()
    expect(await status(org.scimToken)).toBe(200)
  })
})

it('the page that shows a token is kept by no cache', async () => {
  const page = await confirmed(true)
  const sent = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: 'Create token' }).click()
  expect((await sent).headers()['cache-control']).toContain('no-store')
  const token = (await shown(page).textContent()) ?? ''
  const row = rowOf(page, token)
  const revoke = row.getByText('Revoke', { exact: true })
  await revoke.click()
  await row.getByRole('button', { name: 'Cancel' }).click()
  await expect(row.getByRole('button', { name: 'Revoke token' })).toBeHidden()
  await expect(revoke).toBeFocused()
  await revoke.click()
  await row.getByRole('button', { name: 'Revoke token' }).click()
  await expect(shown(page)).toHaveCount(0)
})
