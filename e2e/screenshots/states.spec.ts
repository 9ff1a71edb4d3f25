import { afterAll, describe, it } from 'vitest'
import { shutdown } from '@/lib/process'
import { signedIn, withBrowser } from '../browser'
import { expect } from '../expect'
import { porter } from '../fixtures'
import { states } from './companies'
import { createShots, openedBy, still } from './shots'

describe('states', () => {
  const newContext = withBrowser({ keep: true })
  const shoot = createShots('states')
  afterAll(shutdown)

  it.each(states)('%s', async (name, make, paths) => {
    const { link, slug } = await make()
    const page = await openedBy(await (await newContext(still)).newPage(), link)
    for (const path of paths) {
      await page.goto(`/orgs/${slug}${path}`)
      await shoot(page, `${name} ${path}`)
    }
  })

  it('offline: reconnecting, then polling', async () => {
    const context = await newContext(still)
    await signedIn(context, porter, porter.people.admin)
    const page = await context.newPage()
    await page.route('**/events/stream*', (route) => route.abort())
    await page.route('**/api/orgs/porter/events?*', (route) => route.abort())
    await page.goto('/orgs/porter/admin/events')
    await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
    await shoot(page, 'offline reconnecting')
    await page.unroute('**/api/orgs/porter/events?*')
    await expect(page.getByText('Polling', { exact: true })).toBeVisible()
    await shoot(page, 'offline polling')
  })
})
