import { request as httpRequest } from 'node:http'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { answered, withBrowser } from './browser'
import { expect } from './expect'
import { type SecondStack, startSecondStack } from './second-stack'

/** An app of our own with small limits: what is met beyond them, by a person and by a program. */
let stack: SecondStack
const newContext = withBrowser({ keep: true })

beforeAll(async () => {
  stack = await startSecondStack({
    ROLLCALL_LIMIT_ADMIN_WRITES: '3',
    ROLLCALL_LIMIT_SIGN_INS: '4',
    ROLLCALL_LIMIT_WRONG_TOKENS: '3',
  })
})
afterAll(() => stack?.stop())

/** A POST of our own form, with the headers a caller may make up. */
function post(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: stack.app }
    const req = httpRequest(`${stack.app}${path}`, { method: 'POST', headers: { ...form, ...headers } }, (res) => {
      res.resume()
      res.on('end', () => resolve({ status: res.statusCode ?? 0, retryAfter: res.headers['retry-after'] }))
    })
    req.on('error', reject)
    req.end('email=nobody@nowhere.example')
  })
}

const whole = /^[1-9]\d*$/

describe('a person who sends forms too fast', () => {
  let page: Page
  const expected = [answered(429)]

  const addTask = async (title: string) => {
    await page.getByLabel('New task').fill(title)
    await page.getByRole('button', { name: 'Add task' }).click()
  }
  const isBusy = async () => {
    await expect(page.getByRole('heading', { name: 'Too many at once' })).toBeVisible()
    await page.goto('/orgs/porter')
    await expect(page.getByText('One too many', { exact: true })).toHaveCount(0)
  }

  it('is told so by a 429 page that says when; the form was not carried out', async () => {
    const context = await newContext({ baseURL: stack.app, expected })
    page = await context.newPage()
    await page.goto(stack.link)
    await page.getByRole('button', { name: /Open a session/ }).click()
    await page.goto('/orgs/porter')
    for (const title of ['One', 'Two', 'Three']) {
      await addTask(title)
      await expect(page.getByText(title, { exact: true })).toBeVisible()
    }
    const busy = page.waitForResponse((response) => response.status() === 429)
    await addTask('One too many')
    expect((await busy).headers()['retry-after']).toMatch(whole)
    await isBusy()
  })

  it('and the same without scripts', async () => {
    const storageState = await page.context().storageState()
    const context = await newContext({ baseURL: stack.app, expected, storageState, javaScriptEnabled: false })
    page = await context.newPage()
    await page.goto('/orgs/porter')
    await addTask('One too many')
    await isBusy()
  })
})

describe('an address that begins too many sign-ins', () => {
  it('gets 429, and no forged header makes it another address', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) {
      const forged = {
        'x-forwarded-for': `198.51.100.${i}`,
        forwarded: `for=198.51.100.${i}`,
        'x-real-ip': `198.51.100.${i}`,
      }
      statuses.push((await post('/sign-in/start', forged)).status)
    }
    expect(statuses.slice(-8)).toEqual(Array(8).fill(429))
    expect((await post('/sign-in/start', {})).retryAfter).toMatch(whole)
  })

  it('is refused a form from another origin before anything is counted', async () => {
    expect((await post('/sign-in/start', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post('/sign-in/start', { origin: 'null' })).status).toBe(403)
  })
})

describe('wrong tokens', () => {
  it('are counted by the socket’s address, whatever the header says; the right token passes', async () => {
    const send = (authorization: string, i: number) =>
      fetch(`${stack.porter.scim}/Users?count=1`, { headers: { authorization, 'x-forwarded-for': `198.51.100.${i}` } })
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push((await send('Bearer wrong', i)).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429, 429])
    expect((await send('Bearer wrong', 9)).headers.get('retry-after')).toMatch(whole)
    expect((await send(stack.porter.scimToken, 9)).status).toBe(200)
  })
})
