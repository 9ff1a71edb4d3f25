import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { shutdown } from '@/lib/process'
import { withBrowser } from '../browser'
import { emptyPaths, makeCompany } from './companies'
import { createShots, openedBy, still } from './shots'

describe('a company on its first day', () => {
  const newContext = withBrowser({ keep: true })
  const shoot = createShots('empty')
  let page: Page
  beforeAll(async () => {
    const { link } = await makeCompany('empty', 'Empty Shelves')
    page = await openedBy(await (await newContext(still)).newPage(), link)
  })
  afterAll(shutdown)

  it.each(emptyPaths)('%s', async (path) => {
    await page.goto(`/orgs/empty${path}`)
    await shoot(page, path || 'tasks')
  })
})
