import { afterAll, describe, it } from 'vitest'
import { shutdown } from '@/lib/process'
import { barriersOf } from './axe'
import { withBrowser } from './browser'
import { expect } from './expect'
import { emptyPaths, makeCompany, states } from './screenshots/companies'
import { openedBy } from './screenshots/shots'

/** What `a11y` asks of every page, asked of the pages that look otherwise where nobody has come yet or not all is well. */
describe.skipIf(process.env.ROLLCALL_LONG !== '1')('no barrier', () => {
  const newContext = withBrowser({ keep: true })
  afterAll(shutdown)
  const companies: typeof states = [['empty', () => makeCompany('empty', 'Empty Shelves'), emptyPaths], ...states]

  it.each(companies)(
    'in a company that is %s',
    async (_, make, paths) => {
      const { link, slug } = await make()
      const page = await openedBy(await (await newContext()).newPage(), link)
      for (const path of paths) expect(await barriersOf(page, `/orgs/${slug}${path}`), path).toEqual([])
    },
    600_000,
  )
})
