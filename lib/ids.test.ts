import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventIdFromRef, eventRef, newId, orgFromPrefix, orgPrefix, timeOfId } from './ids'

test('an org id survives being a prefix, for any uuid', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(orgPrefix(id)).toHaveLength(22)
      expect(orgFromPrefix(orgPrefix(id))).toBe(id)
    }),
  )
})

test.each(['', 'short', 'z'.repeat(22), `${'0'.repeat(21)}-`, '0'.repeat(23)])('%s is no org prefix', (text) => {
  expect(orgFromPrefix(text)).toBeNull()
})

test('ids sort by the time they were made, and tell it', () => {
  const before = Date.now()
  const ids = Array.from({ length: 50 }, newId)
  expect([...ids].sort()).toEqual(ids)
  expect(timeOfId(ids[0] ?? '').getTime()).toBeGreaterThanOrEqual(before)
})

test('an event reference leads back to its id, anything else to nothing', () => {
  const id = newId()
  expect(eventIdFromRef(eventRef(id))).toBe(id)
  expect(eventIdFromRef(id)).toBe(id)
  for (const bad of ['evt_', 'evt_xyz', '../etc', "' or 1=1"]) expect(eventIdFromRef(bad)).toBeNull()
})
