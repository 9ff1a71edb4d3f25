import type { Page } from 'playwright'
import { describe, it, expect as see } from 'vitest'
import { chooseAtOkta, signedIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, porter } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const plain = { javaScriptEnabled: false }
const to = '/orgs/porter/access'
const start = `/api/orgs/porter/step-up/start?to=${encodeURIComponent(to)}`

/** As the link of a page leads there. */
async function confirm(page: Page, login: string) {
  await page.goto(start)
  await chooseAtOkta(page, login)
}

describe('confirming with Okta', () => {
  it('asks again although Okta knows the person, comes back to the page, and counts for a while', async () => {
    const person = newPerson('Stella')
    await oktaOf(porter).hire(person)
    const page = await signedIn(await newContext(plain), porter, person.login)
    await confirm(page, person.login)
    await expect(page).toHaveURL(new RegExp(`${to}$`))
    // Confirmed lately: the same link leads straight on.
    await page.goto(start)
    await expect(page).toHaveURL(new RegExp(`${to}$`))
    // Another session of the same person has confirmed nothing.
    const other = await signedIn(await newContext(plain), porter, person.login)
    await other.goto(start)
    await expect(other.getByLabel('Or type a sign-in name')).toBeVisible()

    const admin = await signedIn(await newContext(), porter, porter.people.admin, '/orgs/porter/admin/events')
    await expect(
      admin.getByRole('link', { name: new RegExp(`${person.lastName} confirmed with Okta who they are`) }),
    ).toBeVisible()
  })

  it('does not count when somebody else confirms, and says so on a page that leads on', async () => {
    const [person, other] = [newPerson('Stan'), newPerson('Mallory')]
    for (const each of [person, other]) await oktaOf(porter).hire(each)
    const page = await signedIn(await newContext(plain), porter, person.login)
    await confirm(page, other.login)
    await expect(page).toHaveURL(/\/orgs\/porter\/step-up\?ref=evt_/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Somebody else confirmed')
    await expect(page.getByRole('main')).toContainText(/evt_[0-9a-f]{32}/)
    await page.getByRole('link', { name: 'Confirm again with Okta' }).click()
    await chooseAtOkta(page, person.login)
    await expect(page).toHaveURL(new RegExp(`${to}$`))
    // Whose session it is has not changed on the way.
    const me = await page.request.get('/api/me?org=porter')
    see(await me.json()).toMatchObject({ userName: person.login })
  })

  it('an answer nobody here asked for is not used', async () => {
    const page = await signedIn(await newContext(plain), porter, porter.people.member)
    await page.goto('/api/orgs/porter/step-up/callback?code=made-up&state=made-up')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This confirmation is too old')
  })

  it('leads who is not signed in to sign in', async () => {
    const page = await (await newContext(plain)).newPage()
    await page.goto(start)
    await expect(page).toHaveURL(/\/sign-in\/porter\?from=/)
  })
})
