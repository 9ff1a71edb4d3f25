import { afterAll, describe, it } from 'vitest'
import { shutdown } from '@/lib/process'
import { withBrowser } from '../browser'
import { large } from './companies'
import { createShots, openedBy, still } from './shots'

describe('a large company', () => {
  const newContext = withBrowser({ keep: true })
  const shoot = createShots('large')
  afterAll(shutdown)

  it('10,000 people, 200 groups on one of them, names of every script and length', async () => {
    const company = await large()
    const opened = async (link: string) => openedBy(await (await newContext(still)).newPage(), link)
    const page = await opened(company.link)
    for (const path of [
      '',
      '/users',
      '/users?tab=all&q=wolfe',
      `/users/${company.person}`,
      '/groups',
      `/groups/${company.group}`,
      '/events?density=dense',
    ]) {
      await page.goto(`/orgs/large/admin${path}`)
      await shoot(page, path.replaceAll(/[0-9a-f-]{36}/g, 'id') || 'overview')
    }
    const theirs = await opened(await company.linkFor(company.person))
    for (const path of ['', '/access']) {
      await theirs.goto(`/orgs/large${path}`)
      await shoot(theirs, path || 'tasks')
    }
  }, 600_000)
})
