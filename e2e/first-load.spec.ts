import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { pages } from './access/routes'
import { signedIn, withBrowser } from './browser'
import { appUrl, porter } from './fixtures'

const newContext = withBrowser()
/** What each page may add to what Next itself needs, gzipped (UX §13). */
const BUDGET = 60 * 1024

/** Scripts a page's HTML asks for before anything is clicked. */
const scriptsOf = (html: string) =>
  new Set([...html.matchAll(/<script[^>]*\ssrc="(\/_next\/[^"]+\.js)[^"]*"/g)].map(([, src = '']) => src))

it('no page asks for more than 60 KB of scripts over what Next itself needs', async () => {
  const page = await signedIn(await newContext(), porter, porter.people.owner)
  const sizes = new Map<string, number>()
  const sizeOf = async (src: string) => {
    const known = sizes.get(src)
    if (known !== undefined) return known
    const size = gzipSync(await (await page.request.get(src)).body()).length
    sizes.set(src, size)
    return size
  }
  const sum = async (sources: Iterable<string>) => {
    let total = 0
    for (const src of sources) total += await sizeOf(src)
    return total
  }
  const load = async (path: string) => scriptsOf(await (await page.request.get(`${appUrl}${path}`)).text())
  // Next's own: the parts every page shares, seen on the one that has nothing of its own.
  const routes = pages
    .map((route) => route.slice('GET '.length).replace('[org]', 'porter'))
    .filter((path) => !path.includes('['))
  const loaded = await Promise.all(routes.map(async (path) => [path, await load(path)] as const))
  const shared = [...(loaded[0]?.[1] ?? [])].filter((src) => loaded.every(([, scripts]) => scripts.has(src)))
  expect(shared.length).toBeGreaterThan(1)
  const baseline = await sum(shared)
  const over: string[] = []
  for (const [path, scripts] of loaded) {
    const more = (await sum(scripts)) - baseline
    if (more > BUDGET) over.push(`${path}: ${Math.round(more / 1024)} KB`)
  }
  expect(over).toEqual([])
})
