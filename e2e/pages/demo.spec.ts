import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, it, expect as same } from 'vitest'
import { STORY } from '@/lib/demo/story'
import { seenAt } from '@/lib/lens/claims'
import { lenses, moments } from '@/lib/lens/year'
import { yearRunSchema } from '@/lib/lens/year-run'
import { demoMatrix } from '../access/demo-matrix'
import { barriersOf } from '../axe'
import { answered, withBrowser } from '../browser'
import { startDemoStack } from '../demo-stack'
import { expect } from '../expect'
import { overweight } from '../first-load'
import { claimsIn, fieldsOf } from '../html'

/** In the long form the story is told three times, the first on a start that nothing has warmed. */
const isLong = process.env.ROLLCALL_LONG === '1'
const ROUNDS = isLong ? 3 : 1
const LAST = STORY.length

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

/** A page as it is sent, without a browser drawing it. */
const read = async (path: string) => {
  const answer = await context.request.get(path)
  same(answer.status(), path).toBe(200)
  return answer.text()
}

/** One demo, cold, for both of its pages. */
beforeAll(async () => {
  demo = await startDemoStack()
  const expected = [answered(401), answered(403)]
  const viewport = { width: 1280, height: 720 }
  context = await newContext({ baseURL: demo.app, viewport, expected })
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
      await page.keyboard.press('ArrowLeft')
      await isGreen(page, LAST - 1)
      for (let n = LAST - 2; n >= 1; n--) {
        const seen = claimsIn(await read(`/demo?step=${n}`))
        same(seen.length, `claims of step ${n}`).toBeGreaterThan(0)
        same(new Set(seen), `step ${n}`).toEqual(new Set(['holds']))
      }
      await page.goto('/demo')
      await arrived(page, LAST)
      await his?.close()
    })
  })

  it('can be saved as a recording once all is green, with no secret in it', async () => {
    const text = await read('/demo/recording')
    same(JSON.parse(text).steps).toHaveLength(LAST)
    same(text).not.toMatch(/rollcall_[0-9A-Za-z]{40}|client_secret|Bearer/)
  })

  it.each([
    ...['/demo?step=8', '/demo?recording=1&step=5&big=1'],
    ...(isLong ? ['/demo?step=3', '/demo?step=8&big=1', '/demo?recording=1&step=8'] : []),
  ])('%s has no barrier on a desk or on a phone, in light or dark', async (path) => {
    same(await barriersOf(page, path)).toEqual([])
  })

  it('plays John’s year at companies of its own: whose Okta only signs people in forgets the leaver', async () => {
    await page.goto('/demo/lens')
    await page.getByRole('button', { name: 'Play the year' }).click()
    await expect(page.getByRole('link', { name: 'Save this run' })).toBeVisible({ timeout: 120_000 })
    const { years } = yearRunSchema.parse(JSON.parse(await read('/demo/lens/recording')))
    const missed = lenses.flatMap((lens) =>
      moments.flatMap((moment) =>
        seenAt(lens, moment, years[lens]).flatMap(({ says, holds }) => (holds ? [] : [`${lens}, ${moment}: ${says}`])),
      ),
    )
    same(missed).toEqual([])
    for (const path of isLong ? ['/demo/lens', '/demo/lens?lens=both'] : ['/demo/lens?lens=both'])
      same(await barriersOf(page, path)).toEqual([])
  })

  it('does nothing for a form of another site, and is not there under another name', async () => {
    const [advance] = fieldsOf(await read('/demo?step=1'), 'Next: ')
    const forged = { headers: { origin: 'https://evil.example' }, multipart: { ...advance, step: '2' } }
    same((await context.request.post('/demo', forged)).status()).toBeGreaterThanOrEqual(400)
    for (const path of ['/demo', '/demo/stream', '/demo/recording'])
      same((await context.request.get(path, { headers: { host: 'rebound.example' } })).status()).toBe(404)
    same(claimsIn(await read('/demo?step=2'))).not.toContain('does not hold')
  })
})

it('no page of the demo asks for more than 60 KB of scripts over what Next itself needs', async () => {
  const addresses = ['/', '/sign-in', '/demo', '/demo/lens', '/lab', '/lab/post-bulk.reference']
  same(await overweight(context.request, addresses)).toEqual([])
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

  it.each([
    ...['/lab', '/lab/get-orgs-org-admin-users-id.id?walls=1'],
    ...(isLong ? ['/lab/post-bulk.reference'] : []),
  ])('%s has no barrier on a desk or on a phone, in light or dark', async (path) => {
    same(await barriersOf(page, path)).toEqual([])
  })

  it('fires without scripts', async () => {
    const path = '/lab/patch-users-id.address?walls=2'
    const [form] = fieldsOf(await read(path), 'Fire')
    const fired = await context.request.post(path, { headers: { origin: demo.app }, multipart: { ...form } })
    same(await fired.text()).toContain('Stopped at wall 2')
  })
})

/** Behind the others, for it tells the story anew, and what is known without the stand-in is what is known. */
describe('the stand-in killed in the middle of a step', () => {
  it('is said on the page, where nothing is green', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    // Begun at the end of a story: its first step is seen only once it was told anew.
    await page.goto('/demo')
    await arrived(page, LAST)
    await page.getByRole('button', { name: 'Start over' }).click()
    await isGreen(page, 1)
    await demo.killOkta()
    await next(page)
    await arrived(page, 2)
    await expect(page.getByRole('status').filter({ hasText: 'The Okta stand-in does not answer' })).toBeVisible()
    await expect(claims(page).filter({ hasText: ': holds' })).toHaveCount(0)
  })

  it('leaves the recording, which asks nobody, and says that it is one', async () => {
    for (let n = 1; n < LAST; n++) {
      const html = await read(`/demo?recording=1&step=${n}`)
      same(html).toMatch(/A recording of a real run, \d{4}-/)
      same(new Set(claimsIn(html)), `step ${n}`).toEqual(new Set(['holds']))
    }
    const tab = await context.newPage()
    await tab.goto(`/demo?recording=1&step=${LAST - 1}`)
    await next(tab)
    await isGreen(tab, LAST)
    await tab.close()
  })

  it('and back: the story goes on where it was', async () => {
    await demo.startOkta()
    await expect(page.getByText('What Rollcall knows is still shown')).toHaveCount(0, { timeout: 15_000 })
    await next(page)
    await isGreen(page, 2)
  })
})

/** Behind the story, for some of these start it over. */
describe('who may do what in a demo', () => demoMatrix(() => demo))
