import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, it, expect as same } from 'vitest'
import { STORY } from '@/lib/demo/story'
import { seenAt } from '@/lib/lens/claims'
import { lenses, moments } from '@/lib/lens/year'
import { yearRunSchema } from '@/lib/lens/year-run'
import { barriersOf } from '../axe'
import { answered, withBrowser } from '../browser'
import { startDemoStack } from '../demo-stack'
import { expect } from '../expect'

/** In the long form the story is told three times, the first on a start that nothing has warmed. */
const ROUNDS = process.env.ROLLCALL_LONG === '1' ? 3 : 1

const claims = (page: Page) => page.getByRole('region', { name: 'Checked on both sides' }).getByRole('listitem')
const arrived = async (page: Page, n: number) => {
  const title = STORY[n - 1]?.title ?? ''
  await expect(page.getByRole('heading', { name: `${n}. ${title}` })).toBeVisible()
}
const next = (page: Page) => page.keyboard.press('ArrowRight')

/** Green: every claim of the step holds on both sides, and the page said so by itself. */
async function isGreen(page: Page, n: number): Promise<void> {
  await arrived(page, n)
  await expect(claims(page).first()).toBeVisible()
  await expect(claims(page).filter({ hasNotText: ': holds' })).toHaveCount(0, { timeout: 15_000 })
}

async function openedBy(page: Page, link: string): Promise<Page> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: link }).click()])
  return tab
}

const newContext = withBrowser({ keep: true })
let demo: Awaited<ReturnType<typeof startDemoStack>>
let context: BrowserContext
let page: Page

/** One demo, cold, for both of its pages. */
beforeAll(async () => {
  demo = await startDemoStack()
  const expected = [answered(401), answered(403)]
  const viewport = { width: 1280, height: 720 }
  context = await newContext({ baseURL: demo.app, bypassCSP: true, reducedMotion: 'reduce', viewport, expected })
  page = await context.newPage()
})
afterAll(() => demo?.stop())

/** The walkthrough, by its own script (lib/demo/story.ts), by one key. */
describe('the director', () => {
  let his: Page | undefined

  beforeAll(async () => {
    // The first page of a cold start.
    await page.goto('/demo', { timeout: 60_000 })
  })

  /** What only a person can do at a step. */
  const byHand: Record<number, () => Promise<void>> = {
    3: async () => {
      his = await openedBy(page, 'Open a tab as John')
      await expect(his.getByLabel('Or type a sign-in name')).toHaveValue('john.doe@porter.example')
      await his.getByRole('button', { name: 'Sign in', exact: true }).click()
      await his.getByLabel('New task').fill('Order a desk')
      await his.getByRole('button', { name: 'Add task' }).click()
      await expect(his.getByRole('listitem').filter({ hasText: 'Order a desk' })).toBeVisible()
    },
    4: async () => {
      const team = await openedBy(page, 'Open the team’s page')
      await expect(team.getByRole('heading', { name: 'Team tasks' })).toBeVisible()
      await team.close()
    },
    5: async () => {
      await his?.waitForURL(/\/denied/)
      await expect(page.getByText('from the commit until his last open tab was told')).toBeVisible()
    },
  }

  describe.each(Array.from({ length: ROUNDS }, (_, i) => i + 1))('round %i', (round) => {
    it('starts over: John is nowhere, and both companies are as their Oktas say', async () => {
      await page.getByRole('button', { name: 'Start over' }).click()
      await isGreen(page, 1)
      console.log(`Round ${round}: ${await page.getByText('Started over in').textContent()}`)
    })

    it.each(STORY.map(({ title }, i) => [i + 1, title] as const).slice(1))('step %i: %s', async (n) => {
      await next(page)
      await arrived(page, n)
      await byHand[n]?.()
      await isGreen(page, n)
    })

    it('goes back without undoing, each step as it was', async () => {
      for (let n = STORY.length - 1; n >= 1; n--) {
        await page.keyboard.press('ArrowLeft')
        await isGreen(page, n)
      }
      await page.goto('/demo')
      await arrived(page, STORY.length)
      await his?.close()
    })
  })

  it('can be saved as a recording once all is green, with no secret in it', async () => {
    const saved = await context.request.get('/demo/recording')
    same(saved.status()).toBe(200)
    const text = await saved.text()
    same(JSON.parse(text).steps).toHaveLength(STORY.length)
    same(text).not.toMatch(/rollcall_[0-9A-Za-z]{40}|client_secret|Bearer/)
  })

  it('says that the stand-in is away, and goes on where it was when it is back', async () => {
    await page.getByRole('button', { name: 'Start over' }).click()
    await isGreen(page, 1)
    await demo.killOkta()
    await next(page)
    await arrived(page, 2)
    await expect(page.getByRole('status').filter({ hasText: 'The Okta stand-in does not answer' })).toBeVisible()
    await expect(claims(page).filter({ hasText: ': holds' })).toHaveCount(0)
    await demo.startOkta()
    await expect(page.getByText('What Rollcall knows is still shown')).toHaveCount(0, { timeout: 15_000 })
    await next(page)
    await isGreen(page, 2)
  })

  it('plays the recording without asking the stand-in, and says that it is one', async () => {
    await page.goto('/demo?recording=1&step=1')
    for (let n = 1; n <= STORY.length; n++) {
      await isGreen(page, n)
      await expect(page.getByText(/A recording of a real run, \d{4}-/)).toBeVisible()
      if (n < STORY.length) await page.getByRole('link', { name: /^Next: / }).click()
    }
  })

  it.each(['/demo?step=3', '/demo?step=8', '/demo?recording=1&step=5', '/demo?recording=1&step=8&big=1'])(
    '%s has no barrier on a desk or on a phone, in light or dark',
    async (path) => {
      same(await barriersOf(page, path)).toEqual([])
    },
  )

  it('plays John’s year at companies of its own: whose Okta only signs people in forgets the leaver', async () => {
    await page.goto('/demo/lens')
    await page.getByRole('button', { name: 'Play the year' }).click()
    await expect(page.getByRole('link', { name: 'Save this run' })).toBeVisible({ timeout: 120_000 })
    const { years } = yearRunSchema.parse(await (await context.request.get('/demo/lens/recording')).json())
    const missed = lenses.flatMap((lens) =>
      moments.flatMap((moment) =>
        seenAt(lens, moment, years[lens]).flatMap(({ says, holds }) => (holds ? [] : [`${lens}, ${moment}: ${says}`])),
      ),
    )
    same(missed).toEqual([])
    for (const path of ['/demo/lens', '/demo/lens?lens=both']) same(await barriersOf(page, path)).toEqual([])
  })

  it('does nothing for a form of another site, and is not there under another name', async () => {
    await page.goto('/demo?step=1')
    const [field = ''] = await page
      .locator('form input[name^="$ACTION_ID_"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('name') ?? ''))
    same(field).not.toBe('')
    const forged = { headers: { origin: 'https://evil.example' }, multipart: { [field]: '', step: '2' } }
    same((await context.request.post('/demo', forged)).status()).toBeGreaterThanOrEqual(400)
    for (const path of ['/demo', '/demo/stream', '/demo/recording'])
      same((await context.request.get(path, { headers: { host: 'rebound.example' } })).status()).toBe(404)
    await page.reload()
    await expect(page.getByRole('listitem').filter({ hasText: 'John Doe' }).first()).toBeVisible()
  })
})

/** Every combination by every wall on a real Postgres: lib/lab/fire.db.test.ts. Here it goes over the network, by pressing. */
describe('the lab', () => {
  const cells = () => page.getByRole('table').getByRole('link')
  const verdict = () => page.getByRole('status').filter({ hasText: ' held' })

  it('fires all there is, and every one is refused, with a session and a logout token too', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto('/lab')
    const all = await cells().count()
    await page.getByRole('button', { name: `Fire all ${all}` }).click()
    await expect(verdict()).toContainText(`${all} of ${all} held · All three walls`, { timeout: 120_000 })
  }, 150_000)

  it.each([
    ['POST /api/orgs/:org/global-token-revocation, Address', 'Wall 1', 401],
    ['POST /api/orgs/:org/global-token-revocation, Id', 'Wall 2', 404],
    ['GET /api/orgs/:org/users/:id, Address', 'Wall 1', 401],
    ['GET /api/orgs/:org/users/:id, Id', 'Wall 2', 404],
    ['GET /orgs/:org/admin/users/:id, Address', 'Wall 1', 307],
    ['GET /orgs/:org/admin/users/:id, Id', 'Wall 2', 404],
    ['POST /orgs/:org/admin/users, Address', 'Wall 1', 200],
    ['POST /orgs/:org/admin/users, Id', 'Wall 2', 200],
    ['PATCH /Users/:id, Address', 'Wall 1', 401],
    ['PATCH /Users/:id, Id', 'Wall 2', 404],
  ])('%s: %s, %i', async (name, wall, status) => {
    await expect(page.getByRole('link', { name: `${name} ${wall} ${status}`, exact: true })).toBeVisible()
  })

  it('opens one by keyboard, fires it with one wall left, and shows what stopped it', async () => {
    await page.getByRole('link', { name: /^GET \/orgs\/:org\/admin\/users\/:id, Id/ }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('Stopped at wall 2')
    await page.getByRole('link', { name: 'Wall 3 alone' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Fire', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('Stopped at wall 3')
    await expect(page.getByText('stopped here')).toHaveCount(1)
  })

  it.each(['/lab', '/lab/get-orgs-org-admin-users-id.id?walls=1', '/lab/post-bulk.reference'])(
    '%s has no barrier on a desk or on a phone, in light or dark',
    async (path) => {
      same(await barriersOf(page, path)).toEqual([])
    },
  )

  it('fires without scripts', async () => {
    const plain = await (await newContext({ baseURL: demo.app, javaScriptEnabled: false })).newPage()
    await plain.goto('/lab/patch-users-id.address?walls=2')
    await plain.getByRole('button', { name: 'Fire', exact: true }).click()
    await expect(plain.getByRole('status', { name: 'Verdict' })).toContainText('Stopped at wall 2')
  })
})
