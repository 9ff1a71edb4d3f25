import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, afterEach } from 'vitest'
import { browserArgs } from '../scripts/lib/browser.mjs'
import { appUrl, type OrgFixture, setting } from './fixtures'

type Options = BrowserContextOptions & {
  /** Console errors this test means to cause, such as a page that answers 403. */
  expected?: RegExp[]
}

/**
 * A context that is in use, or empty and waiting for the next that asks for the same. Its blank page keeps the process that
 * draws its pages: starting one costs five times what opening a page does.
 */
type Held = { context: BrowserContext; blank: Page; like: string; expected: RegExp[]; note: (text: string) => void }

/** The files of a worker share one browser; it ends with the worker. */
let launched: Promise<Browser> | undefined
let idle: Held[] = []

/**
 * Contexts for the tests of a file. Whatever a page reports meanwhile, a script error, a breach of the content security
 * policy, a missing file, fails the test. Call once at the top of a file; with `keep` the contexts stay open from one test
 * to the next, for a story told in steps.
 */
export function withBrowser({ keep = false } = {}) {
  let open: Held[] = []
  let faults: string[] = []

  afterEach(async () => {
    if (!keep) await closeAll()
    const found = faults
    faults = []
    if (found.length > 0) throw new Error(`The pages reported:\n${found.join('\n')}`)
  })
  afterAll(() => closeAll())
  const closeAll = async () => {
    await Promise.all(open.map(putBack))
    open = []
  }

  return async ({ expected = [], ...options }: Options = {}): Promise<BrowserContext> => {
    const held = await take(options)
    held.expected = expected
    held.note = (text) => void faults.push(text)
    open.push(held)
    return held.context
  }
}

/** An empty context with these options: one that another test is done with, or a new one. */
async function take(options: BrowserContextOptions): Promise<Held> {
  const like = JSON.stringify(options)
  const found = idle.find((held) => held.like === like)
  if (found) {
    idle = idle.filter((held) => held !== found)
    return found
  }
  launched ??= chromium.launch({ args: browserArgs, ...executable() })
  // A light that beats costs a tenth of a core for as long as its page is open.
  const context = await (await launched).newContext({ baseURL: appUrl, reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(30_000)
  const held: Held = { context, blank: await context.newPage(), like, expected: [], note: () => undefined }
  const heard = (text: string) => {
    if (!held.expected.some((pattern) => pattern.test(text))) held.note(text)
  }
  context.on('weberror', (error) => heard(`${error.page()?.url()}: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error') heard(`${message.location().url}: ${message.text()}`)
  })
  return held
}

/**
 * Empties a context for the next test: no page, no cookie, nothing stored. What it keeps is the cache of scripts, as a
 * browser has at every visit but the first.
 */
async function putBack(held: Held) {
  const { context, blank } = held
  await Promise.all(context.pages().map((page) => page !== blank && page.close()))
  await context.unrouteAll()
  await context.setStorageState({ cookies: [], origins: [] })
  held.note = () => undefined
  idle.push(held)
}

/** An empty path means Playwright's own browser. */
const executable = () => {
  const path = setting('E2E_BROWSER')
  return path ? { executablePath: path } : {}
}

/** The message of a page that was refused, which a browser logs as an error. */
export const answered = (status: number) => new RegExp(`server responded with a status of ${status} `)

/** Signs in through the company's own sign-in page, as a person does, and waits until the app has answered. */
export async function signIn(page: Page, org: OrgFixture, login: string, from?: string): Promise<void> {
  await page.goto(`/sign-in/${org.slug}${from ? `?from=${encodeURIComponent(from)}` : ''}`)
  await page.getByRole('button', { name: /^Continue with Okta/ }).click()
  await chooseAtOkta(page, login)
  await page.waitForURL((url) => url.origin === appUrl)
}

/** Signs out by the menu under one's own name. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
}

/** The stand-in's sign-in page: types the sign-in name. */
export async function chooseAtOkta(page: Page, login: string): Promise<void> {
  await page.getByLabel('Or type a sign-in name').fill(login)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** A page of the context, signed in: the same forms, posted without drawing them. */
export async function signedIn(context: BrowserContext, org: OrgFixture, login: string, path?: string): Promise<Page> {
  const wanted = path ?? `/orgs/${org.slug}`
  const asked = await context.request.post(`/sign-in/${org.slug}/start`, { form: { from: wanted } })
  const { origin } = new URL(asked.url())
  const done = await context.request.post(asked.url(), { form: { login }, headers: { origin }, maxRedirects: 20 })
  if (!done.url().startsWith(`${appUrl}/orgs/`)) throw new Error(`${login} could not sign in: ${done.url()}`)
  const page = await context.newPage()
  await page.goto(wanted)
  return page
}
