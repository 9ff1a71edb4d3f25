import type { Page } from 'playwright'
import { afterAll, describe, it } from 'vitest'
import { answered, chooseAtOkta, signedIn, signIn, signOut, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'
import { activePatch, scimAt } from '../scim-client'

const newContext = withBrowser()
const okta = oktaOf(porter)
const scim = scimAt(porter.scim, porter.scimToken)

/** Presses the button of the company's sign-in page and says who one is at its Okta. */
async function tryToSignIn(page: Page, login: string) {
  await page.goto('/sign-in/porter')
  await page.getByRole('button', { name: /^Continue with Okta/ }).click()
  await chooseAtOkta(page, login)
}

describe('signing in', () => {
  it('goes from the work e-mail to the company’s own Okta and back to the wanted page', async () => {
    const page = await (await newContext()).newPage()
    await page.goto('/sign-in')
    await page.getByLabel('Work e-mail').fill(whiteRabbit.people.member)
    await page.getByRole('button', { name: 'Continue with Okta' }).click()
    await expect(page).toHaveURL(new RegExp(`^${whiteRabbit.issuer}`))
    await expect(page.getByRole('heading')).toContainText('White Rabbit')
    // The address goes along as login_hint, and Okta asks for nothing but a click.
    await page.getByRole('button', { name: /^Continue as / }).click()
    await expect(page).toHaveURL(/\/orgs\/white-rabbit$/)
  })

  it('answers every address of an unknown domain with the same sentence', async () => {
    const page = await (await newContext()).newPage()
    const said: string[] = []
    for (const email of ['someone@nowhere.example', 'porter@porter.example.evil.example']) {
      await page.goto('/sign-in')
      await page.getByLabel('Work e-mail').fill(email)
      await page.getByRole('button', { name: 'Continue with Okta' }).click()
      await expect(page).toHaveURL(/unknown=1/)
      said.push(await page.getByRole('main').innerText())
    }
    expect(said[0]).toContain('No sign-in could be started')
    expect(said[1]).toBe(said[0])
  })

  it('comes back to the page an anonymous visitor asked for, and to nothing outside', async () => {
    const context = await newContext()
    const page = await context.newPage()
    await page.goto('/orgs/porter/admin/events')
    await expect(page).toHaveURL(/\/sign-in\/porter/)
    await page.getByRole('button', { name: /^Continue with Okta/ }).click()
    await chooseAtOkta(page, porter.people.admin)
    await expect(page).toHaveURL(/\/orgs\/porter\/admin\/events$/)
    const other = await (await newContext()).newPage()
    await signIn(other, porter, porter.people.member, 'https://evil.example/orgs/porter')
    await expect(other).toHaveURL(/^http:\/\/localhost:\d+\/orgs\/porter$/)
  })

  it('begins from the Okta tile only with the issuer of that company', async () => {
    const page = await (await newContext()).newPage()
    await page.goto(`/login/okta/porter?iss=${encodeURIComponent(porter.issuer)}`)
    await chooseAtOkta(page, porter.people.member)
    await expect(page).toHaveURL(/\/orgs\/porter$/)
    const other = await (await newContext()).newPage()
    await other.goto(`/login/okta/porter?iss=${encodeURIComponent(whiteRabbit.issuer)}`)
    await expect(other).toHaveURL(/\/denied\?org=porter/)
  })

  it('ends Okta’s own session too when one signs out', async () => {
    const page = await signedIn(await newContext(), porter, porter.people.member)
    await signOut(page)
    await expect(page).toHaveURL(/\/sign-in\/porter$/)
    await page.getByRole('button', { name: /^Continue with Okta/ }).click()
    await expect(page.getByLabel('Or type a sign-in name')).toBeVisible()
  })
})

describe('several at once', () => {
  it('two tabs that sign in to the same company both come through', async () => {
    // What the first tab asked with the session that was just replaced.
    const context = await newContext({ expected: [answered(401)] })
    const [first, second] = [await context.newPage(), await context.newPage()]
    for (const page of [first, second]) {
      await page.goto('/sign-in/porter?from=%2Forgs%2Fporter%2Faccess')
      await page.getByRole('button', { name: /^Continue with Okta/ }).click()
      await expect(page.getByLabel('Or type a sign-in name')).toBeVisible()
    }
    for (const page of [first, second]) {
      await chooseAtOkta(page, porter.people.member)
      await expect(page).toHaveURL(/\/orgs\/porter\/access$/)
    }
    // The first tab's session was replaced; it stays where it is.
    await expect(first.getByRole('heading', { level: 1 })).toHaveText('My access')
    await first.waitForTimeout(1500)
    await expect(first).toHaveURL(/\/orgs\/porter\/access$/)
  })

  it('signing out leaves nothing at Okta that an older copy of the cookies could use', async () => {
    const context = await newContext({ javaScriptEnabled: false })
    const page = await signedIn(context, porter, porter.people.member)
    const cookies = await context.cookies()
    await page.request.post('/sign-out/porter', { form: {}, maxRedirects: 20 })
    const copy = await newContext({ expected: [answered(401)] })
    await copy.addCookies(cookies)
    expect((await copy.request.get('/api/me?org=porter')).status()).toBe(401)
    const other = await copy.newPage()
    await other.goto('/sign-in/porter')
    await other.getByRole('button', { name: /^Continue with Okta/ }).click()
    await expect(other.getByLabel('Or type a sign-in name')).toBeVisible()
  })
})

describe('being refused', () => {
  afterAll(() => okta.enforceAssignment(true))

  it('tells a deactivated person so, by whom, and with a reference their admin finds', async () => {
    const person = newPerson('Dora')
    const id = await okta.hire(person)
    expect((await scim('PATCH', `/Users/${id}`, activePatch(false))).status).toBe(200)
    const page = await (await newContext()).newPage()
    await tryToSignIn(page, person.login)
    await expect(page).toHaveURL(/\/denied\?org=porter$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is deactivated')
    await expect(page.getByRole('main')).toContainText('Okta deactivated your account')
    const ref = /evt_[0-9a-f]{32}/.exec(await page.getByRole('main').innerText())?.[0]
    expect((await page.request.get('/api/me?org=porter')).status()).toBe(401)

    const admin = await signedIn(await newContext(), porter, porter.people.admin, '/orgs/porter/admin/events')
    await admin.getByRole('link', { name: new RegExp(`Sign-in refused for Dora ${person.lastName}`) }).click()
    await expect(admin).toHaveURL(new RegExp(`event[s=/?]+.*${ref}$`))
  })

  it('tells a person Okta knows and Rollcall does not', async () => {
    const person = newPerson('Nick')
    await okta.add(person)
    const page = await (await newContext()).newPage()
    await tryToSignIn(page, person.login)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Okta did not let you in')
    await okta.enforceAssignment(false)
    const again = await (await newContext()).newPage()
    await tryToSignIn(again, person.login)
    await expect(again.getByRole('heading', { level: 1 })).toHaveText('You have no account here yet')
  })

  it('makes nothing up: /denied says what the browser’s own note says, whatever the address claims', async () => {
    const page = await (await newContext()).newPage()
    await page.goto('/denied?org=porter&reason=deactivated&by=Mallory')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are not signed in')
    await expect(page.locator('body')).not.toContainText('Mallory')
  })
})
