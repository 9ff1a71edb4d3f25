import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { withBrowser } from '../browser'

const folder = join('.data', 'screenshots')

const looks = [
  { name: 'light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'phone', width: 360, height: 740, colorScheme: 'light' },
] as const

/** States that fail make the browser complain, and are shown all the same. */
export const still = { reducedMotion: 'reduce', expected: [/./] } satisfies Parameters<
  ReturnType<typeof withBrowser>
>[0]

/**
 * Takes pictures of a section's pages into its folder of `.data/screenshots`, in place of those of an earlier run, and keeps
 * an index.html beside the folders that shows every section there is.
 */
export function createShots(section: string) {
  rmSync(join(folder, section), { recursive: true, force: true })

  /** The page as it stands: light and dark on a desk, light on a phone. */
  return async function shoot(page: Page, title: string): Promise<void> {
    mkdirSync(join(folder, section), { recursive: true })
    for (const { name, width, height, colorScheme } of looks) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await settled(page)
      // As high as the page, so that what stands at its side stands all along it.
      const needed = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width, height: Math.max(height, needed) })
      await settled(page)
      const path = join(folder, section, `${nameOf(title)}-${name}.png`)
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    }
    writeFileSync(join(folder, 'index.html'), indexOf())
  }
}

/** A page of a session that a recovery link opened. */
export async function openedBy(page: Page, link: string): Promise<Page> {
  await page.goto(link)
  await page.getByRole('button', { name: /^Open a session/ }).click()
  await page.waitForURL(/\/orgs\//)
  return page
}

const nameOf = (title: string) =>
  title
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase() || 'home'

/** The chart and fonts are there, and what follows the width has been drawn, the chart last. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('div.needs-script')].every((box) => box.querySelector('svg')),
  )
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let i = 0; i < 4; i++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

/** Of what lies in the folder, for sections are taken by several processes, or at different times. */
function indexOf(): string {
  const last = `-${looks[0].name}.png`
  const taken = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(last))
  const rows = taken.toSorted().map((path) => {
    const page = path.slice(0, -last.length)
    const images = looks.map(
      ({ name }) => `<a href="${page}-${name}.png"><img src="${page}-${name}.png" loading="lazy"></a>`,
    )
    return `<h2>${page}</h2><p>${images.join('')}</p>`
  })
  const style =
    'body{font:14px sans-serif;background:#888}p{display:flex;gap:8px;align-items:start}img{max-width:600px}'
  return `<!doctype html><meta charset="utf-8"><title>Rollcall</title><style>${style}</style>${rows.join('\n')}`
}
