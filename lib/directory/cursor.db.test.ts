import { expect, test } from 'vitest'
import { ScimError } from '@/lib/scim/errors'
import { listName, readCursor, writeCursor } from './cursor'

const refusal = (run: () => unknown): string | undefined => {
  try {
    run()
  } catch (error) {
    return error instanceof ScimError ? error.scimType : String(error)
  }
  return undefined
}
const list = listName(['users', 'sorted'])

test('RFC 9865 §2: a cursor is good for an hour, then expiredCursor', () => {
  const cursor = writeCursor(list, ['2026-01-01', 'an id'], 0)
  expect(readCursor(cursor, list, 2, 3_599_000)).toEqual(['2026-01-01', 'an id'])
  expect(refusal(() => readCursor(cursor, list, 2, 3_601_000))).toBe('expiredCursor')
})

test('what was not written here is invalidCursor, whatever it looks like', () => {
  const cursor = writeCursor(list, ['a', 'b'])
  const [version, place, mac] = cursor.split('.')
  const other = Buffer.from(JSON.stringify({ list, keys: ['c', 'd'], until: 9e15 })).toString('base64url')
  const texts = [
    '',
    '.',
    '..',
    'v1',
    `${version}.${other}.${mac}`,
    `${version}.${place}.`,
    `v7.${place}.${mac}`,
    `${cursor}=`,
  ]
  for (const text of texts) expect(refusal(() => readCursor(text, list, 2))).toBe('invalidCursor')
  expect(refusal(() => readCursor(cursor, listName(['groups']), 2))).toBe('invalidCursor')
  expect(refusal(() => readCursor(cursor, list, 3))).toBe('invalidCursor')
})
