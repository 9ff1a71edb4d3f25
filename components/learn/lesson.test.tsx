import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { lenses } from '@/lib/lens/year'
import { Contents } from './contents'
import { Lesson } from './lesson'
import { topics } from './topics'
import { whatIsScim } from './what-is-scim'

const html = renderToStaticMarkup(
  <>
    <Contents />
    <Lesson lens="oidc" canPlay={false} />
  </>,
)
const all = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, value = '']) => value)
const ids = all(/ id="([^"]+)"/g)
const hrefs = all(/ href="([^"]+)"/g)

test('what SCIM is takes at most 150 words', () => {
  const words = whatIsScim.join(' ').split(/\s+/).length
  expect(words).toBeGreaterThan(80)
  expect(words).toBeLessThanOrEqual(150)
})

test('each confusion has one screen with a heading of its own', () => {
  expect(topics.map(({ id }) => ids.filter((each) => each === id).length)).toEqual(topics.map(() => 1))
  for (const { id } of topics) expect(ids).toContain(`${id}-title`)
})

test('no two things on the page have the same id', () => {
  expect(ids).toEqual([...new Set(ids)])
})

test('no link into the page leads nowhere', () => {
  const jumps = hrefs.filter((href) => /^#|^\/learn/.test(href)).map((href) => href.replace(/^[^#]*#/, ''))
  expect(jumps.length).toBeGreaterThan(topics.length)
  expect(jumps.filter((id) => !ids.includes(id))).toEqual([])
})

describe.each([
  ['Understanding SCIM', 'https://developer.okta.com/docs/concepts/scim/'],
  ['Add SCIM to app integrations', 'https://help.okta.com/'],
  ['What is SCIM', 'https://www.okta.com/blog/2017/01/what-is-scim/'],
  ['SCIM protocol', 'https://developer.okta.com/docs/api/openapi/okta-scim/'],
  ['OIDC', 'https://developer.okta.com/docs/concepts/oauth-openid/'],
  ['enterprise-ready workshop', 'https://developer.okta.com/blog/2023/07/28/scim-workshop'],
  ['OIN catalogue', 'https://www.okta.com/integrations/'],
  ['tenant draft', 'https://datatracker.ietf.org/doc/draft-kushwaha-scim-tenant-resource/'],
])('the page links %s', (_, address) => {
  test(address, () => {
    expect(hrefs.filter((href) => href.startsWith(address))).not.toEqual([])
  })
})

test('each lens is an address; all three are on the page, for paper', () => {
  for (const lens of lenses) {
    expect(hrefs).toContain(`/learn?lens=${lens}#lens`)
    expect(ids).toContain(`lens-${lens}`)
  }
})
