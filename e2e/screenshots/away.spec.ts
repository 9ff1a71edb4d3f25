import { describe, it } from 'vitest'
import { withBrowser } from '../browser'
import { expect } from '../expect'
import { startSecondStack } from '../second-stack'
import { createShots, openedBy, still } from './shots'

describe('the database is away', () => {
  const newContext = withBrowser({ keep: true })
  const shoot = createShots('away')

  it('from a page of the console, and from one for anybody', async () => {
    const stack = await startSecondStack()
    try {
      const page = await (await newContext({ ...still, baseURL: stack.app })).newPage()
      await openedBy(page, stack.link)
      await expect(page.getByText('Live', { exact: true })).toBeVisible()
      await stack.killDatabase()
      for (const path of ['/orgs/porter/admin', '/sign-in/porter']) {
        await page.goto(path)
        await shoot(page, path)
      }
    } finally {
      await stack.stop()
    }
  })
})
