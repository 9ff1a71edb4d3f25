import { expect, test } from 'vitest'
import { isPaletteKey, type Press, SEQUENCE_MS, singleKey, step } from './keys'

const press = (key: string, more: Partial<Press> & { shiftKey?: boolean } = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  defaultPrevented: false,
  ...more,
})

test.each([
  ['a letter', press('j'), 'j'],
  ['a capital', press('G', { shiftKey: true }), 'g'],
  ['a sign that needs shift', press('?', { shiftKey: true }), '?'],
  ['a named key', press('Escape'), 'Escape'],
  ['Ctrl C is the browser’s', press('c', { ctrlKey: true }), null],
  ['Cmd G is the browser’s', press('g', { metaKey: true }), null],
  ['Alt makes other letters', press('g', { altKey: true }), null],
  ['an input method is composing', press('g', { isComposing: true }), null],
  ['somebody else took it', press('g', { defaultPrevented: true }), null],
])('a single key: %s', (_, given, key) => {
  expect(singleKey(given)).toBe(key)
})

test.each([
  ['Ctrl K', press('k', { ctrlKey: true }), true],
  ['Cmd K', press('k', { metaKey: true }), true],
  ['with caps lock', press('K', { metaKey: true }), true],
  ['K alone', press('k'), false],
  ['Ctrl Shift K is the browser’s console', press('k', { ctrlKey: true, shiftKey: true }), false],
  ['Ctrl Alt K', press('k', { ctrlKey: true, altKey: true }), false],
])('the palette opens on Cmd K or Ctrl K only: %s', (_, given, opens) => {
  expect(isPaletteKey(given)).toBe(opens)
})

test('G then a letter goes somewhere, G G too', () => {
  const first = step(null, 'g', 1000)
  expect(first).toEqual({ state: { at: 1000 }, letter: null })
  expect(step(first.state, 'u', 1500)).toEqual({ state: null, letter: 'u' })
  expect(step(first.state, 'g', 1500)).toEqual({ state: null, letter: 'g' })
})

test('a letter that comes late, or without G, goes nowhere; a late G begins anew', () => {
  expect(step({ at: 0 }, 'u', SEQUENCE_MS + 1)).toEqual({ state: null, letter: null })
  expect(step({ at: 0 }, 'g', SEQUENCE_MS + 1)).toEqual({ state: { at: SEQUENCE_MS + 1 }, letter: null })
  expect(step(null, 'u', 0)).toEqual({ state: null, letter: null })
  expect(step({ at: 0 }, 'Escape', 1)).toEqual({ state: null, letter: null })
})
