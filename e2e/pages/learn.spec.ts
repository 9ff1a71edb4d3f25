import { expect, it } from 'vitest'
import { appUrl } from '../fixtures'

const read = async (path: string) => {
  const answer = await fetch(`${appUrl}${path}`, { redirect: 'manual' })
  return { status: answer.status, html: await answer.text() }
}
const linksOf = (html: string) => [...html.matchAll(/ href="(\/[^"#?]*)/g)].map(([, href = '']) => href)

it('the landing page leads to what SCIM is, signed out; no link of either is dead', async () => {
  const [landing, learn] = await Promise.all([read('/'), read('/learn')])
  expect([landing.status, learn.status]).toEqual([200, 200])
  expect(linksOf(landing.html)).toContain('/learn')
  const links = new Set([...linksOf(landing.html), ...linksOf(learn.html)].filter((href) => !href.startsWith('/_next')))
  expect(links.size).toBeGreaterThan(2)
  const dead = await Promise.all([...links].map(async (href) => [href, (await read(href)).status] as const))
  expect(dead.filter(([, status]) => status >= 400)).toEqual([])
})

it('the lens is chosen by address alone, and whatever else it says shows the first', async () => {
  const shown = async (query: string) => {
    const { status, html } = await read(`/learn${query}`)
    expect(status).toBe(200)
    const [, opening = ''] = /<a [^>]*aria-current="page"[^>]*>(OIDC only|SCIM only|Both)/.exec(html) ?? []
    return opening
  }
  expect(await shown('?lens=scim')).toBe('SCIM only')
  expect(await shown('?lens=both')).toBe('Both')
  for (const query of ['', '?lens=nothing', '?lens=both&lens=scim']) expect(await shown(query)).toBe('OIDC only')
})
