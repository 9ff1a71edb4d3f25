import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOnly } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from './expect'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const wide = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

/** Pages that bring axe along wherever they go, past the content security policy: sent once, it is compiled once. */
const prepared = new WeakSet<Page>()

/** The rules that ask for colours; what all others find in one theme they find in the other. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What keeps somebody from using the page at `path`: more than one h1, a page wider than the phone, or what axe finds on a
 * desk and on a phone, light and dark.
 */
export async function barriersOf(page: Page, path: string): Promise<string[]> {
  if (!prepared.has(page)) await page.addInitScript(axeSource)
  prepared.add(page)
  await page.setViewportSize(wide)
  await show(page, 'light')
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  const found = await barriers(page, 'desk, light')
  await show(page, 'dark')
  found.push(...(await barriers(page, 'desk, dark', ofColours)))
  await page.setViewportSize(phone)
  found.push(...(await barriers(page, 'phone, dark')))
  await show(page, 'light')
  found.push(...(await barriers(page, 'phone, light', ofColours)))
  const needed = await page.evaluate(() => document.documentElement.scrollWidth)
  if (needed > phone.width) found.push(`phone: the page is ${needed} px wide on a screen of ${phone.width}`)
  return found
}

/** Switches the colours and waits until they are drawn. */
async function show(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(async () => {
    // A colour that is inherited reaches the innermost element some frames after the outermost.
    for (let calm = 0; calm < 4; calm = document.getAnimations().length > 0 ? 0 : calm + 1)
      await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

async function barriers(page: Page, where: string, rules?: string[]): Promise<string[]> {
  // While Next refreshes a page in place it has no title for a moment.
  await expect(page).toHaveTitle(/./)
  const runOnly: RunOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags }
  const results = await page.evaluate((what): Promise<AxeResults> => {
    // Put there by the script above.
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    return axe.run(document, { runOnly: what, resultTypes: ['violations'] })
  }, runOnly)
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${where}: ${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  )
}
