import { describe, it } from 'vitest'
import { withBrowser } from '../browser'
import { startDemoStack } from '../demo-stack'
import { oktaUrl } from '../fixtures'
import { createShots, still } from './shots'

describe('the walkthrough', () => {
  const newContext = withBrowser({ keep: true })
  const shoot = createShots('walkthrough')

  it('the demo', async () => {
    const demo = await startDemoStack()
    try {
      const page = await (await newContext({ ...still, baseURL: demo.app })).newPage()
      for (const path of ['/', '/demo', '/demo/lens', '/lab']) {
        await page.goto(path, { timeout: 60_000 })
        await shoot(page, `demo ${path}`)
      }
      await page.locator('a[href^="/lab/"]').first().click()
      await page.waitForURL(/\/lab\/./)
      await shoot(page, 'demo lab case')
    } finally {
      await demo.stop()
    }
  })

  it.each(['', '/groups', '/app', '/log', '/tasks', '/faults'])('the stand-in%s', async (path) => {
    const page = await (await newContext(still)).newPage()
    await page.goto(`${oktaUrl}/admin/porter${path}`)
    await shoot(page, `stand-in ${path || 'people'}`)
  })
})
