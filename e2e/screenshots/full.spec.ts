import { afterAll, beforeAll, describe, it, expect as see } from 'vitest'
import { shutdown } from '@/lib/process'
import { withBrowser } from '../browser'
import { withDatabase } from '../database'
import { expect } from '../expect'
import { pageList, pagesLeftOut } from '../page-list'
import { setStage } from '../stage'
import { createShots, still } from './shots'

describe('every page of the page list', () => {
  const newContext = withBrowser({ keep: true })
  const db = withDatabase()
  const shoot = createShots('full')
  let stage: Awaited<ReturnType<typeof setStage>>
  beforeAll(async () => {
    stage = await setStage(newContext, db)
  })
  afterAll(shutdown)

  it('leaves no page out', () => {
    see(pagesLeftOut()).toEqual([])
  })

  it.each(pageList)('%s, %s', async (path, who) => {
    const page = stage.visitors[who]
    await page.goto(stage.addressOf(path))
    await shoot(page, `${who} ${path}`)
  })

  it('the inspector beside the log, the palette and the map of keys', async () => {
    const page = stage.visitors.admin
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto('/orgs/porter/admin/events')
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
    await page.getByRole('table', { name: 'Events, newest first' }).getByRole('link').first().click()
    await expect(page.getByRole('complementary', { name: 'Event', exact: true })).toContainText('Summary')
    await shoot(page, 'events: inspector')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search pages/ }).fill('ma')
    await expect(page.getByRole('option', { name: /Maximiliane/ })).toBeVisible()
    await shoot(page, 'palette')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await shoot(page, 'keys')
  })

  it('too fast', async () => {
    const page = await (await newContext(still)).newPage()
    await page.goto('/busy?seconds=30')
    await shoot(page, 'busy')
  })
})
