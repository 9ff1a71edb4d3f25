import { describe, it, expect as see } from 'vitest'
import { signedIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { newPerson, porter } from '../fixtures'
import { oktaOf } from '../okta-client'
import { scimAt } from '../scim-client'

const newContext = withBrowser()
const plain = { javaScriptEnabled: false }
const path = '/orgs/porter/access'
const me = '/api/me?org=porter'

/** A new person, and a context signed in as them. */
async function somebody(firstName: string, more: { roles?: string[] } = {}) {
  const person = { ...newPerson(firstName), title: 'Night porter', ...more }
  await oktaOf(porter).hire(person)
  return person
}

describe('my access', () => {
  it('says why one is in, what gave the role, and what Okta told, value by value', async () => {
    const person = await somebody('Ada', { roles: ['manager'] })
    const page = await signedIn(await newContext(), porter, person.login)
    await page.getByRole('link', { name: 'My access' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('My access')
    const card = (name: string) => page.getByRole('region', { name })
    await expect(card('Why am I in?')).toContainText(porter.issuer)
    await expect(card('My role')).toContainText('Okta sends the SCIM role “manager”')
    const told = card('What Okta told us')
    await expect(told).toContainText('Night porter')
    await expect(told).toContainText(person.login)
    await expect(told).toContainText('Okta')
  })

  it('names the group a role came from only when an admin gave it one', async () => {
    const person = await somebody('Gus')
    const scim = scimAt(porter.scim, porter.scimToken)
    const { appUserId } = await oktaOf(porter).get(person.login)
    const group = { displayName: `admin ${person.lastName}`, members: [{ value: appUserId }] }
    see((await scim('POST', '/Groups', group)).status).toBe(201)
    const page = await signedIn(await newContext(plain), porter, person.login, path)
    const role = page.getByRole('region', { name: 'My role' })
    await expect(role).toContainText(group.displayName)
    await expect(role).toContainText('A name alone gives nothing')
    await expect(role).toContainText('Nothing gives a higher role')
  })

  it('ends another session, without scripts, and the other browser is out at its next request', async () => {
    const person = await somebody('Eve')
    const [here, there] = [await newContext(plain), await newContext()]
    const page = await signedIn(here, porter, person.login)
    const other = await signedIn(there, porter, person.login)
    await page.goto(path)
    const sessions = page.getByRole('region', { name: 'My sessions' }).getByRole('listitem')
    await expect(sessions).toHaveCount(2)
    await sessions
      .filter({ hasNotText: 'this one' })
      .getByRole('button', { name: /End this session/ })
      .click()
    await expect(sessions).toHaveCount(1)
    see((await there.request.get(me)).status()).toBe(401)
    see((await here.request.get(me)).status()).toBe(200)
    // The open tab was told.
    await expect(other).toHaveURL(/\/denied\?org=porter/)
    await expect(other.getByRole('main')).toContainText('You ended this session')
  })

  it('ends this very session, and a page says so', async () => {
    const person = await somebody('Finn')
    const context = await newContext(plain)
    const page = await signedIn(context, porter, person.login, path)
    await page.getByRole('button', { name: /End this session/ }).click()
    await expect(page.getByRole('main')).toContainText('You ended this session')
    see((await context.request.get(me)).status()).toBe(401)
  })

  it('ends all others at once', async () => {
    const person = await somebody('Olga')
    const contexts = [await newContext(plain), await newContext(plain), await newContext(plain)]
    for (const context of contexts) await signedIn(context, porter, person.login)
    const [first, ...others] = contexts
    const page = await first?.newPage()
    await page?.goto(path)
    await page?.getByRole('button', { name: 'End all others' }).click()
    await expect(async () => {
      for (const other of others) see((await other.request.get(me)).status()).toBe(401)
    }).toPass()
    see((await first?.request.get(me))?.status()).toBe(200)
  })
})
