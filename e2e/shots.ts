import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'

const folder = join('.data', 'screenshots')

const looks = [
  { name: 'light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'phone', width: 360, height: 740, colorScheme: 'light' },
] as const

type Shot = { section: string; title: string; file: string }

/** Takes pictures of pages into `.data/screenshots`, and writes an index.html there that shows all of them at once. */
export function createShots() {
  const taken: Shot[] = []
  rmSync(folder, { recursive: true, force: true })

  /** The page as it stands: light and dark on a desk, light on a phone. */
  async function shoot(page: Page, section: string, title: string): Promise<void> {
    mkdirSync(join(folder, section), { recursive: true })
    const base = `${section}/${nameOf(title)}`
    for (const { name, width, height, colorScheme } of looks) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await settled(page)
      // As high as the page, so that what stands at its side stands all along it.
      const needed = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width, height: Math.max(height, needed) })
      await settled(page)
      await page.screenshot({ path: join(folder, `${base}-${name}.png`), animations: 'disabled', caret: 'hide' })
    }
    taken.push({ section, title, file: base })
    writeFileSync(join(folder, 'index.html'), indexOf(taken))
  }
  return { shoot }
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

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function indexOf(shots: readonly Shot[]): string {
  const rows = shots.map(({ section, title, file }) => {
    const images = looks.map(
      ({ name }) => `<a href="${file}-${name}.png"><img src="${file}-${name}.png" loading="lazy"></a>`,
    )
    return `<h2>${section}: ${escaped(title)}</h2><p>${images.join('')}</p>`
  })
  const style =
    'body{font:14px sans-serif;background:#888}p{display:flex;gap:8px;align-items:start}img{max-width:600px}'
  return `<!doctype html><meta charset="utf-8"><title>Rollcall</title><style>${style}</style>${rows.join('\n')}`
}
