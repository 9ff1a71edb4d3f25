import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detailOf, refusalOf } from './fixtures'
import { assertText, foldKey, MAX_TEXT, quoted, textProblem } from './text'

describe('assertText', () => {
  test.each([
    ['NUL', 'a\u0000b'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00a'],
    ['surrogates the wrong way round', '\ude00\ud83d'],
    ['too long', 'x'.repeat(MAX_TEXT.text + 1)],
  ])('%s → 400 invalidValue', (_name, text) => {
    expect(refusalOf(() => assertText(text, 'title'))).toBe('400 invalidValue')
  })

  test.each([['😀'], ['Zoë'], ['日本'], ['a\nb'], [''], ['x'.repeat(MAX_TEXT.text)]])(
    '%.20j passes as it is',
    (text) => {
      expect(assertText(text, 'title')).toBe(text)
    },
  )

  test('the detail names the attribute and not the value', () => {
    const detail = detailOf(() => assertText('secret\u0000', 'name.givenName'))
    expect(detail).toContain('"name.givenName"')
    expect(detail).not.toContain('secret')
  })

  test('textProblem says which rule', () => {
    expect(textProblem('ok', 2)).toBeUndefined()
    expect(textProblem('long', 2)).toContain('2 characters')
    expect(textProblem('\u0000', 2)).toContain('NUL')
    expect(textProblem('\ud800', 2)).toContain('surrogate')
  })
})

describe('foldKey (RFC 7644 §7.8: compare userName without case, by NFC)', () => {
  test.each([
    ['case', 'John.Doe@Porter.Example', 'john.doe@porter.example'],
    ['composed and decomposed', 'Zo\u00eb', 'zoe\u0308'],
    ['sharp s', 'STRASSE', 'straße'],
    ['capital sharp s', 'STRAẞE', 'strasse'],
    ['final sigma', 'ΟΔΟΣ', 'οδος'],
    ['sigma in the middle', 'οδοςα', 'ΟΔΟΣΑ'],
    ['Cyrillic', 'ИВАН', 'иван'],
    ['Deseret, beyond the basic plane', '𐐀', '𐐨'],
  ])('%s', (_name, a, b) => {
    expect(foldKey(a)).toBe(foldKey(b))
  })

  test.each([
    ['different letters', 'john', 'joan'],
    ['accents count', 'zoe', 'zoë'],
    ['Turkish dotless i is not i', 'ı', 'ï'],
    ['blanks count', 'john doe', 'johndoe'],
  ])('%s stay apart', (_name, a, b) => {
    expect(foldKey(a)).not.toBe(foldKey(b))
  })

  test('a prefix folds to a prefix, so that sw works on keys', () => {
    expect(foldKey('ΟΔΟΣΑ').startsWith(foldKey('ΟΔΟΣ'))).toBe(true)
  })

  test('folding twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (s) => foldKey(foldKey(s)) === foldKey(s)))
  })

  test('ASCII folds by the short way and the long way alike', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (s) => foldKey(s) === foldKey(`${s}ë`).slice(0, -1)))
  })
})

describe('quoted: a client’s word in an error text', () => {
  test.each([
    ['is cut', 'x'.repeat(100), `"${'x'.repeat(40)}…"`],
    ['loses line breaks', 'a\nb', '"a?b"'],
    ['loses NUL and half surrogates', 'a\u0000\ud800', '"a??"'],
    ['cannot close the quotes', 'a"b', `"a'b"`],
    ['keeps letters of any script', 'Zoë 日本', '"Zoë 日本"'],
  ])('%s', (_name, text, expected) => {
    expect(quoted(text)).toBe(expected)
  })
})
