import { afterAll, beforeAll, it, expect as see } from 'vitest'
import { shutdown } from '@/lib/process'
import { barriersOf } from './axe'
import { withBrowser } from './browser'
import { withDatabase } from './database'
import { expect } from './expect'
import { movingParts } from './motion'
import { pageList, pagesLeftOut } from './page-list'
import { setStage } from './stage'

const newContext = withBrowser({ keep: true })
const db = withDatabase()
let stage: Awaited<ReturnType<typeof setStage>>

beforeAll(async () => {
  stage = await setStage(newContext, db)
})
afterAll(shutdown)

it('every page is in the list', () => {
  see(pagesLeftOut()).toEqual([])
})

it.each(pageList)(
  '%s has no barrier on a desk or on a phone, in light or dark, and stays still when asked to',
  async (path, who) => {
    const page = stage.visitors[who]
    expect(await barriersOf(page, stage.addressOf(path))).toEqual([])
    see(await movingParts(page)).toEqual([])
    expect(await page.title()).toMatch(/^.+ · (Porter|Rollcall)$|^Rollcall: /)
  },
)
