import { expect, test } from 'vitest'
import { jsonTokens } from './json-tokens'

const kinds = (text: string) =>
  jsonTokens(text)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text: part }) => [kind, part])

test('keys, texts, numbers and words are told apart', () => {
  expect(kinds('{"a": "b", "n": -1.5e3, "t": true, "z": null}')).toEqual([
    ['key', '"a"'],
    ['string', '"b"'],
    ['key', '"n"'],
    ['number', '-1.5e3'],
    ['key', '"t"'],
    ['word', 'true'],
    ['key', '"z"'],
    ['word', 'null'],
  ])
})

test.each([
  ['an escaped quote', '{"a": "say \\"hi\\": 1"}'],
  ['words and numbers inside a text', '["true 42 null"]'],
  ['markup', '{"<script>": "</script>"}'],
  ['text that is no JSON', 'not json: "open'],
  ['nothing', ''],
])('joined again the parts are the text: %s', (_, text) => {
  expect(
    jsonTokens(text)
      .map((token) => token.text)
      .join(''),
  ).toBe(text)
})

test('a text holds what looks like other things', () => {
  expect(kinds('["true 42 null", "a\\"b"]')).toEqual([
    ['string', '"true 42 null"'],
    ['string', '"a\\"b"'],
  ])
})
