import { gzipSync } from 'node:zlib'
import type { APIRequestContext } from 'playwright'

/** What each page may add to what Next itself needs, gzipped (UX §13). */
const BUDGET = 60 * 1024

/** Scripts a page's HTML asks for before anything is clicked. */
const scriptsOf = (html: string) =>
  new Set([...html.matchAll(/<script[^>]*\ssrc="(\/_next\/[^"]+\.js)[^"]*"/g)].map(([, src = '']) => src))

/**
 * The pages that ask for more scripts than the budget over what Next itself needs: that is what they all share. A page that
 * is not found is named too, for it would weigh what the page that says so weighs.
 */
export async function overweight(request: APIRequestContext, addresses: readonly string[]): Promise<string[]> {
  const sizes = new Map<string, number>()
  const sizeOf = async (src: string) => {
    const known = sizes.get(src)
    if (known !== undefined) return known
    const size = gzipSync(await (await request.get(src)).body()).length
    sizes.set(src, size)
    return size
  }
  const sum = async (sources: Iterable<string>) => {
    let total = 0
    for (const src of sources) total += await sizeOf(src)
    return total
  }
  const load = async (address: string) => {
    const answer = await request.get(address)
    return { address, status: answer.status(), scripts: scriptsOf(await answer.text()) }
  }
  const pages = await Promise.all(addresses.map(load))
  const shared = [...(pages[0]?.scripts ?? [])].filter((src) => pages.every(({ scripts }) => scripts.has(src)))
  if (shared.length < 2) throw new Error('The pages share no scripts: is this a build of Next?')
  const baseline = await sum(shared)
  const found: string[] = []
  for (const { address, status, scripts } of pages) {
    const more = (await sum(scripts)) - baseline
    if (status !== 200) found.push(`${address}: answered ${status}`)
    if (more > BUDGET) found.push(`${address}: ${Math.round(more / 1024)} KB`)
  }
  return found
}
