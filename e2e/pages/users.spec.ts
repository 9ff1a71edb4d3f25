import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import { answered, signedIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, porter } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const okta = oktaOf(porter)
const list = `/orgs/${porter.slug}/admin/users`
const people = (page: Page) => page.getByRole('table', { name: 'People of this company' })
const search = (login: string) => `${list}?tab=all&q=${encodeURIComponent(login)}`

const asAdmin = async (path = list, javaScriptEnabled = true) =>
  signedIn(await newContext({ javaScriptEnabled }), porter, porter.people.admin, path)

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('somebody Okta does not know, %s', (_, scripts) => {
  it('is added, corrected, deactivated, reactivated and deleted by hand', async () => {
    const ada = newPerson('Ada')
    const page = await asAdmin(`${list}/new`, scripts)
    await page.getByLabel('First name').fill('Ada')
    await page.getByLabel('Work e-mail').fill('not an address')
    await page.getByRole('button', { name: 'Add person' }).click()
    await expect(page.getByText('Give an address such as')).toBeVisible()
    await expect(page.getByLabel('First name')).toHaveValue('Ada')

    await page.getByLabel('Work e-mail').fill(ada.login)
    await page.getByLabel('Last name').fill(ada.lastName)
    await page.getByLabel('Role').selectOption('manager')
    await page.getByRole('button', { name: 'Add person' }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Ada ${ada.lastName}` })).toBeVisible()
    await expect(page.getByText('Given by hand, here in Rollcall.')).toBeVisible()

    await page.getByRole('link', { name: 'Edit', exact: true }).first().click()
    await page.getByLabel('Title').fill('Countess')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByText('Countess').first()).toBeVisible()

    for (const [word, state] of [
      ['Deactivate', 'Deactivated'],
      ['Reactivate', 'Active'],
    ]) {
      await page
        .locator('summary')
        .filter({ hasText: word ?? '' })
        .click()
      await page.getByRole('button', { name: `${word} Ada ${ada.lastName}` }).click()
      await expect(
        page
          .getByRole('main')
          .getByText(state ?? '', { exact: true })
          .first(),
      ).toBeVisible()
    }
    await page.locator('summary').filter({ hasText: 'Delete' }).click()
    await page.getByRole('button', { name: `Delete Ada ${ada.lastName}` }).click()
    await page.waitForURL((url) => url.pathname === list)
    await page.goto(search(ada.login))
    await expect(page.getByText(/Nobody matches/)).toBeVisible()
  })

  it('comes by a file: nothing is written before the preview is accepted', async () => {
    const [ada, alan] = [newPerson('Ada'), newPerson('Alan')]
    const file = ['email,givenName,role', `${ada.login},Ada,`, `${alan.login},Alan,boss`].join('\n')
    const page = await asAdmin(`${list}/import`, scripts)
    await page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await page.getByRole('button', { name: 'Preview' }).click()
    const rows = page.getByRole('table', { name: 'People of the file' })
    await expect(rows.getByRole('row', { name: new RegExp(`3 ${alan.login} Problem .*boss`) })).toBeVisible()
    await expect(rows.getByRole('row', { name: new RegExp(`2 ${ada.login} Create`) })).toBeVisible()

    const other = await page.context().newPage()
    await other.goto(search(ada.login))
    await expect(other.getByText(/Nobody matches/)).toBeVisible()
    await page.getByRole('button', { name: 'Import 1 person' }).click()
    await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
    await other.goto(search(ada.login))
    await expect(people(other)).toContainText(ada.login)
  })
})

it('somebody of Okta is locked, but can be put out at once: their open tab goes', async () => {
  const john = newPerson('John')
  const id = await okta.hire(john)
  const his = await signedIn(
    await newContext({ expected: [answered(401), answered(403)] }),
    porter,
    john.login,
    `/orgs/${porter.slug}`,
  )
  const page = await asAdmin(`${list}/${id}`)
  await expect(page.getByText('Locked: Okta keeps this profile')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete' })).toBeDisabled()
  await page.locator('summary').filter({ hasText: 'Deactivate here' }).click()
  await expect(page.getByText('Okta may reactivate them at its next push')).toBeVisible()
  await page.getByRole('button', { name: `Deactivate John ${john.lastName}` }).click()
  await his.waitForURL(/\/denied/)
  await expect(his.getByRole('main')).toContainText('deactivated')
})

it('a life can be walked through, and shows that who came back is the same account', async () => {
  const john = newPerson('John')
  const id = await okta.hire({ ...john, title: 'Clerk' })
  await okta.update(john.login, { title: 'Manager of clerks' })
  await okta.run(john.login, 'deactivate')
  await okta.run(john.login, 'activate')
  const page = await asAdmin(`${list}/${id}`)
  const same = page.getByRole('region', { name: 'The same account' })
  await expect(same).toContainText('Came')
  await expect(same).toContainText('Left')
  await expect(same).toContainText('Came back')

  await page.getByRole('link', { name: 'When they left' }).click()
  const access = page.getByRole('region', { name: 'Access then' })
  await expect(access).toContainText('Deactivated')
  await page.getByRole('link', { name: /Earlier change/ }).click()
  await expect(access).toContainText('Active')
  await expect(page.getByRole('region', { name: 'Profile then' })).toContainText('Manager of clerks')
  await page.getByRole('link', { name: /Earlier change/ }).click()
  await expect(page.getByRole('region', { name: 'Profile then' })).toContainText('Clerk')
  await page.goto(`${list}/${id}?at=2020-01-01T00:00:00Z`)
  await expect(page.getByText(/^(Attention: )?Not here yet at 2020-01-01/)).toBeVisible()
})

it('by keyboard alone: search, open, and back', async () => {
  const ada = newPerson('Ada')
  await okta.hire(ada)
  const page = await asAdmin()
  await page.getByLabel('Search people').focus()
  await page.keyboard.type(ada.login)
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=/)
  const row = people(page).getByRole('link', { name: `Ada ${ada.lastName}` })
  await expect(row).toBeVisible()
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `Ada ${ada.lastName}` })).toBeVisible()
  await page.goBack()
  await expect(people(page)).toContainText(ada.login)
})

it('what is sorted says so, and the other way round is one link', async () => {
  const page = await asAdmin(`${list}?sort=updated`)
  const head = page.getByRole('columnheader', { name: 'Last change' })
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await head.getByRole('link').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expect(page).toHaveURL(/order=asc/)
})

it('news never move what is being read: they wait behind a button', async () => {
  const page = await asAdmin()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  // What arrived while the page opened, the sign-in itself, is shown first.
  await page.waitForTimeout(1500)
  await people(page).getByRole('link').last().focus()
  const ada = newPerson('Aaa')
  await okta.hire(ada)
  const pill = page.getByRole('button', { name: /changed · show/ })
  await expect(pill).toBeVisible()
  await expect(people(page)).not.toContainText(ada.login)
  await pill.click()
  await expect(people(page)).toContainText(ada.login)
})

it('an export is a file of the people in view, and stands in the log', async () => {
  const page = await asAdmin()
  const file = await page.request.get(`/api/orgs/${porter.slug}/users/export.csv?role=owner`)
  expect(file.headers()['content-type']).toContain('text/csv')
  expect(await file.text()).toContain(porter.people.owner)
  await page.goto(`/orgs/${porter.slug}/admin/events`)
  await expect(page.getByRole('main')).toContainText('exported the people as CSV')
})
