import { describe, expect, test } from 'vitest'
import { matchesIfMatch, matchesIfNoneMatch, userEtag, versionEtag } from './etag'

const porters = { value: 'g-1', display: 'Porters' }
const doors = { value: 'g-2', display: 'Doors' }

describe('userEtag (RFC 7644 §3.14): version and groups', () => {
  test('is a weak tag', () => {
    expect(userEtag(3, [])).toBe('W/"3-0"')
    expect(userEtag(3, [porters])).toMatch(/^W\/"3-[0-9a-z]+"$/)
    expect(versionEtag(3)).toBe('W/"3"')
  })

  test('is the same for the same, whatever the order of groups', () => {
    expect(userEtag(1, [porters, doors])).toBe(userEtag(1, [doors, porters]))
  })

  test.each([
    ['the version', userEtag(2, [porters])],
    ['a group more', userEtag(1, [porters, doors])],
    ['no group', userEtag(1, [])],
    ['another group', userEtag(1, [doors])],
    ['a group renamed', userEtag(1, [{ ...porters, display: 'porters' }])],
    ['id and name moved', userEtag(1, [{ value: 'g-1P', display: 'orters' }])],
  ])('changes with %s', (_name, tag) => {
    expect(tag).not.toBe(userEtag(1, [porters]))
  })

  test('ten thousand states of a user have ten thousand tags', () => {
    const tags = Array.from({ length: 10_000 }, (_, i) => userEtag(1, [{ value: 'g', display: `name ${i}` }]))
    expect(new Set(tags).size).toBe(10_000)
  })
})

describe('If-None-Match → 304', () => {
  const tag = userEtag(3, [porters])
  const opaque = tag.slice(2)

  test.each([
    ['the tag', tag, true],
    ['the tag, strong (RFC 9110: compared weakly)', opaque, true],
    ['one of several', `W/"1-0", ${tag}`, true],
    ['any', '*', true],
    ['another version', userEtag(4, [porters]), false],
    ['other groups', userEtag(3, [doors]), false],
    ['the version alone', 'W/"3"', false],
    ['without quotes', tag.replaceAll('"', ''), false],
    ['nothing', '', false],
    ['no header', null, false],
    ['no header either', undefined, false],
  ])('%s: %j is %s', (_name, header, expected) => {
    expect(matchesIfNoneMatch(header, tag)).toBe(expected)
  })
})

describe('If-Match → 412', () => {
  test.each([
    ['the tag', userEtag(3, [porters]), true],
    ['the tag with other groups', userEtag(3, [doors]), true],
    ['the version alone', 'W/"3"', true],
    ['a strong tag', '"3-0"', true],
    ['one of several', 'W/"1-0",W/"3-0"', true],
    ['any', ' * ', true],
    ['no header', null, true],
    ['no header either', undefined, true],
    ['another version', 'W/"2-0"', false],
    ['a version that begins alike', 'W/"33-0"', false],
    ['a leading zero', 'W/"03-0"', false],
    ['no tag', 'three', false],
    ['an empty header', '', false],
    ['an empty tag', '""', false],
  ])('%s: %j is %s', (_name, header, expected) => {
    expect(matchesIfMatch(header, 3)).toBe(expected)
  })
})
