import { it, expect as see } from 'vitest'
import { signedIn, signOut, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, porter } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const plain = { javaScriptEnabled: false }

it('a member signs in, works on tasks and signs out', async () => {
  const person = newPerson('Nora')
  await oktaOf(porter).hire(person)
  const page = await signedIn(await newContext(plain), porter, person.login)
  const task = (title: string) => page.getByRole('listitem').filter({ hasText: title })
  for (const title of ['Read the handbook', 'Return the projector']) {
    await page.getByLabel('New task').fill(title)
    await page.getByRole('button', { name: 'Add task' }).click()
    await expect(task(title)).toBeVisible()
  }
  await page.getByRole('button', { name: 'Complete “Read the handbook”' }).click()
  await expect(page.getByRole('button', { name: 'Open “Read the handbook” again' })).toBeVisible()
  await page.getByRole('link', { name: 'Hand over “Return the projector”' }).click()
  await page.getByLabel(/Hand “Return the projector” over to/).selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Hand over', exact: true }).click()
  await expect(task('Return the projector')).toHaveCount(0)
  await page.getByRole('button', { name: 'Delete “Read the handbook”' }).click()
  await expect(task('Read the handbook')).toHaveCount(0)
  await signOut(page)
  await expect(page).toHaveURL(/\/sign-in\/porter$/)
})

it('a task without a title comes back with a sentence', async () => {
  const page = await signedIn(await newContext(plain), porter, porter.people.member)
  await page.getByLabel('New task').fill('   ')
  await page.getByRole('button', { name: 'Add task' }).click()
  await expect(page.getByLabel('New task')).toHaveAttribute('aria-invalid', 'true')
})

it('an admin reads users and events, searches, filters and opens them', async () => {
  const person = newPerson('Nils')
  await oktaOf(porter).hire(person)
  const page = await signedIn(await newContext(plain), porter, porter.people.admin, '/orgs/porter/admin/users')
  await page.getByLabel('Search people').fill(person.lastName)
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: `Nils ${person.lastName}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.lastName)
  await page.getByRole('link', { name: 'Events' }).first().click()
  // Nothing here will ever be live.
  await expect(page.getByText('Connecting')).toBeHidden()
  await page.getByLabel('Search events').fill(`type:user.* ${person.lastName}`)
  await page.getByRole('search').getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: new RegExp(`created Nils ${person.lastName}`) }).click()
  await expect(page.getByRole('main')).toContainText(person.login)
})

it('the theme is chosen by a form and kept', async () => {
  const page = await signedIn(await newContext(plain), porter, porter.people.member)
  const openMenu = () => page.getByRole('button', { name: /Your account/ }).click()
  await openMenu()
  await page.getByRole('button', { name: 'Dark theme' }).click()
  await openMenu()
  await expect(page.getByRole('button', { name: 'Dark theme' })).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  see(await page.locator('html').getAttribute('data-theme')).toBe('dark')
})
