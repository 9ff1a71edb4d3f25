import { it, expect as see } from 'vitest'
import { answered, signedIn, signIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, porter, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const overview = '/orgs/porter/admin'

it('the palette finds pages, people, groups and events, and gives the focus back', async () => {
  const person = newPerson('Petra')
  const okta = oktaOf(porter)
  await okta.hire(person)
  // Not found by the person's name.
  const group = `Guild ${person.lastName.slice('Test'.length)}`
  await okta.pushGroup(group, person.login)
  const page = await signedIn(await newContext(), porter, porter.people.admin, overview)
  const input = page.getByRole('combobox', { name: /^Search pages/ })
  const search = page.getByRole('button', { name: 'Search' }).first()
  // Live: the scripts are there.
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await search.focus()
  await page.keyboard.press('Control+k')
  await expect(input).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(input).toHaveCount(0)
  await expect(search).toBeFocused()

  await page.keyboard.press('Control+k')
  await input.fill('domains')
  await expect(page.getByRole('option', { name: 'Settings: Domains' })).toBeVisible()
  await input.fill(person.lastName)
  await expect(page.getByRole('option', { name: new RegExp(person.lastName) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.lastName)

  await page.keyboard.press('Control+k')
  await input.fill(group.toLowerCase())
  await expect(page.getByRole('option', { name: new RegExp(`${group}.*1 member`) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/admin\/groups\/[0-9a-f-]{36}$/)

  const { events } = await (await page.request.get('/api/orgs/porter/events?limit=1')).json()
  await page.keyboard.press('Control+k')
  await input.fill(`see ${events[0].ref}`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/admin/events/${events[0].ref}$`))
})

it('a member’s palette has no admin pages and looks nobody up', async () => {
  const page = await signedIn(await newContext({ expected: [answered(403)] }), porter, porter.people.member)
  await page.keyboard.press('Control+k')
  const input = page.getByRole('combobox', { name: /^Search pages/ })
  await expect(page.getByRole('option', { name: /^My access/ })).toBeVisible()
  await expect(page.getByRole('option', { name: /^Users/ })).toHaveCount(0)
  await input.fill('adam')
  await expect(page.getByRole('option')).toHaveCount(0)
  see((await page.request.get('/api/orgs/porter/palette?q=adam')).status()).toBe(403)
})

it('keys go places, ? shows them, typing is left alone, and they can be turned off', async () => {
  const page = await signedIn(await newContext(), porter, porter.people.admin, overview)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(page).toHaveURL(/\/admin\/users$/)
  await page.keyboard.press('/')
  const field = page.getByLabel('Search people')
  await expect(field).toBeFocused()
  await page.keyboard.type('ge?')
  await expect(field).toHaveValue('ge?')
  await expect(page).toHaveURL(/\/admin\/users$/)

  await field.blur()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await help.getByLabel('Single-key shortcuts').uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('?')
  await expect(help).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search pages/ })).toBeFocused()
})

it('the switcher lists the organizations this browser is signed in to, and no others', async () => {
  const context = await newContext()
  const page = await signedIn(context, porter, porter.people.member)
  const open = () => page.getByRole('button', { name: /Switch organization/ }).click()
  await open()
  await expect(page.getByRole('link', { name: /White Rabbit/ })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Sign in to another organization' })).toBeVisible()
  await signIn(page, whiteRabbit, whiteRabbit.people.member)
  await page.goto('/orgs/porter')
  await open()
  await page.getByRole('link', { name: /White Rabbit/ }).click()
  await expect(page).toHaveURL(/\/orgs\/white-rabbit$/)
})

it('the theme is in the first bytes of the page, so nothing flashes', async () => {
  const page = await signedIn(await newContext({ colorScheme: 'light' }), porter, porter.people.member)
  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('button', { name: 'Dark theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const html = await (await page.request.get('/orgs/porter')).text()
  see(/<html[^>]*data-theme="dark"/.test(html)).toBe(true)
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  see(await scheme()).toBe('dark')
})

it('on a phone the navigation is a sheet that closes when a page opens', async () => {
  const phone = { viewport: { width: 360, height: 740 } }
  const page = await signedIn(await newContext(phone), porter, porter.people.admin, overview)
  await page.getByText('Menu', { exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Porter' })
  await sheet.getByRole('link', { name: 'Users' }).click()
  await expect(page).toHaveURL(/\/admin\/users$/)
  await expect(sheet).toBeHidden()
})

it('a refusal says who one is and where, and leads back', async () => {
  const page = await signedIn(await newContext({ expected: [answered(403)] }), porter, porter.people.member)
  await page.goto(overview)
  const main = page.getByRole('main')
  await expect(main).toContainText(`(${porter.people.member}), member at Porter.`)
  await main.getByRole('link', { name: 'Go to my tasks' }).click()
  await expect(page).toHaveURL(/\/orgs\/porter$/)
})
