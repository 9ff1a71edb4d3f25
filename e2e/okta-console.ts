import type { Page } from 'playwright'
import { expect } from './expect'
import { type OrgFixture, oktaUrl } from './fixtures'

/** The stand-in's console of one company, used by its buttons and fields as an Okta admin would. */
export function consoleOf(page: Page, org: OrgFixture) {
  const done = async (text: string) => {
    await expect(page.getByRole('status')).toContainText(text)
  }
  const open = async (name: string) => {
    await page.goto(`${oktaUrl}/admin/${org.slug}?q=${encodeURIComponent(name)}`)
    await page.getByRole('link', { name, exact: true }).click()
  }
  const press = async (button: string, said: string) => {
    await page.getByRole('button', { name: button, exact: true }).click()
    await done(said)
  }
  return {
    add: async ({ firstName, lastName, login }: { firstName: string; lastName: string; login: string }) => {
      await page.goto(`${oktaUrl}/admin/${org.slug}`)
      await page.getByRole('link', { name: 'Add person' }).click()
      await page.getByLabel('First name').fill(firstName)
      await page.getByLabel('Last name').fill(lastName)
      await page.getByLabel('Login (e-mail)').fill(login)
      await press('Add person', 'was added')
    },
    assign: () => press('Assign to Rollcall', 'Assigned to Rollcall.'),
    setRole: async (name: string, role: 'None' | 'Manager') => {
      await open(name)
      await page.getByLabel('Role').selectOption({ label: role })
      await press('Save profile', 'Profile saved.')
    },
    deactivate: async (name: string) => {
      await open(name)
      await press('Deactivate', 'Deactivated.')
    },
    activate: async (name: string) => {
      await open(name)
      await press('Activate', 'Activated.')
    },
  }
}
