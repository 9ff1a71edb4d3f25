import type { Page } from 'playwright'
import { afterAll, describe, it } from 'vitest'
import { chooseAtOkta, signedIn, withBrowser } from '../browser'
import { withDatabase } from '../database'
import { expect } from '../expect'
import { appUrl, newPerson, type OrgFixture, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const db = withDatabase()
const path = (org: OrgFixture) => `/orgs/${org.slug}/admin/settings/sign-in`

/** Confirms with Okta who one is, and comes back to the page. */
async function confirm(page: Page, org: OrgFixture, login: string) {
  await page.getByRole('link', { name: 'Confirm with Okta' }).first().click()
  await chooseAtOkta(page, login)
  await expect(page).toHaveURL(`${appUrl}${path(org)}`)
}
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const sessions = async (slug: string) =>
  (await db.inOrg(slug, (tx) => tx`select id from sessions where ended_at is null`)).length

afterAll(async () => {
  for (const { slug } of [porter, whiteRabbit])
    await db.inOrg(slug, (tx) => tx`update connections set sign_in = 'on' returning id`)
})

describe.each([true, false])('testing the connection, with scripts: %s', (javaScriptEnabled) => {
  it.each([
    ['porter', porter],
    ['white-rabbit', whiteRabbit],
  ] as const)('%s: goes to Okta and back and shows step by step what it found', async (slug, org) => {
    const page = await signedIn(await newContext({ javaScriptEnabled }), org, org.people.admin, path(org))
    const before = await sessions(slug)
    await page.getByRole('button', { name: 'Test this connection', exact: true }).click()
    await expect(page).toHaveURL(/\/settings\/sign-in\?test=evt_/)
    const result = page.getByRole('region', { name: 'Test this connection' })
    await expect(result).toContainText('The connection works.')
    await expect(result.getByRole('listitem')).toHaveCount(6)
    await expect(result).toContainText(`${org.issuer} describes itself by exactly this name`)
    await expect(result).toContainText(/Would sign in .+\. Found by the linked Okta identity/)
    await result.getByText('What the ID token says').click()
    await expect(result.getByRole('region', { name: 'Claims of the ID token as JSON' })).toContainText(org.people.admin)
    expect(await sessions(slug)).toBe(before)
    const [row] = await db.inOrg(slug, (tx) => tx`select tested_at from connections`)
    expect(row?.tested_at).not.toBeNull()
  })
})

describe.each([true, false])('changing the connection, with scripts: %s', (javaScriptEnabled) => {
  it('asks for a confirmation first, then names what is wrong and keeps what was typed', async () => {
    const { admin } = porter.people
    const page = await signedIn(await newContext({ javaScriptEnabled }), porter, admin, path(porter))
    await expect(page.getByLabel('Issuer')).toHaveValue(porter.issuer)
    await expect(page.getByLabel('Issuer')).toBeDisabled()
    await expect(page.getByLabel('Client secret')).toHaveValue('')
    await confirm(page, porter, admin)
    await expect(page.getByLabel('Issuer')).toBeEnabled()

    await page.getByLabel('Issuer').fill('https://acme-admin.okta.com')
    await page.getByLabel('Client ID').fill('with space')
    await save(page)
    await expect(page.getByText('The issuer is https://acme.okta.com')).toBeVisible()
    await expect(page.getByText('A client id is letters and digits')).toBeVisible()
    await expect(page.getByLabel('Issuer')).toHaveValue('https://acme-admin.okta.com')

    // The kept secret goes nowhere else; and an address inside the network is not asked.
    await page.getByLabel('Issuer').fill('https://metadata.google.internal')
    await page.getByLabel('Client ID').fill('0oaOther')
    await save(page)
    await expect(page.getByText(/Enter the secret again/)).toBeVisible()
    await page.getByLabel('Client secret').fill('a-new-secret')
    await save(page)
    await expect(page.getByText(/could not read Okta’s settings at this issuer address/)).toBeVisible()
    await expect(page.getByLabel('Client secret')).toHaveValue('')

    const [row] = await db.inOrg('porter', (tx) => tx`select issuer, client_id from connections`)
    expect(row?.issuer).toBe(porter.issuer)
    expect(row?.client_id).not.toBe('0oaOther')
  })
})

it('turns sign-in off and on: nobody new comes in meanwhile, and who is in stays', async () => {
  const { owner } = whiteRabbit.people
  const context = await newContext()
  const page = await signedIn(context, whiteRabbit, owner, path(whiteRabbit))
  await confirm(page, whiteRabbit, owner)
  await page.locator('summary', { hasText: 'Turn off' }).first().click()
  await page.getByRole('button', { name: 'Turn off sign-in' }).click()
  const warning = page.getByText('Nobody can begin a sign-in. Turn it on below')
  await expect(warning).toBeVisible()

  const person = newPerson('Xaver', whiteRabbit)
  await oktaOf(whiteRabbit).hire(person)
  const other = await (await newContext()).newPage()
  await other.goto('/sign-in/white-rabbit')
  const go = other.getByRole('button', { name: /^Continue with Okta/ })
  if (await go.isVisible()) await go.click()
  await expect(other.getByRole('main')).toContainText(/off|not set up/i)
  expect((await context.request.get('/api/me?org=white-rabbit')).status()).toBe(200)

  await page.locator('summary', { hasText: 'Turn on' }).first().click()
  await page.getByRole('button', { name: 'Turn on sign-in' }).click()
  await expect(warning).toBeHidden()
  await signedIn(await newContext(), whiteRabbit, person.login)
})

it('shows what Okta has to know, each address to copy', async () => {
  const page = await signedIn(await newContext(), porter, porter.people.admin, path(porter))
  const card = page.getByRole('region', { name: 'Copy into Okta' })
  for (const address of [
    '/api/auth/callback/okta-porter',
    '/api/orgs/porter/step-up/callback',
    '/api/orgs/porter/test-connection/callback',
    '/sign-in/porter',
    '/login/okta/porter',
    '/api/orgs/porter/global-token-revocation',
  ]) {
    await expect(card.getByText(`${appUrl}${address}`, { exact: true })).toBeVisible()
  }
  await expect(card.getByRole('button', { name: /^Copy: / })).toHaveCount(6)
})

it('shows a result to the company it belongs to, and nothing of another', async () => {
  const theirs = await signedIn(await newContext(), whiteRabbit, whiteRabbit.people.admin, path(whiteRabbit))
  await theirs.getByRole('button', { name: 'Test this connection', exact: true }).click()
  await expect(theirs).toHaveURL(/test=evt_/)
  const ref = new URL(theirs.url()).searchParams.get('test')
  const page = await signedIn(await newContext(), porter, porter.people.admin, `${path(porter)}?test=${ref}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in')
  await expect(page.getByText('The connection works.')).toHaveCount(0)
})
