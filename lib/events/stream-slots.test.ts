import { expect, it } from 'vitest'
import { takeSlot } from './stream-slots'

it('five streams a session, fifty an org, each given back once', () => {
  const first = takeSlot('porter', 's0')
  for (let i = 1; i < 5; i++) expect(takeSlot('porter', 's0')).not.toBeNull()
  expect(takeSlot('porter', 's0')).toBeNull()
  for (let i = 5; i < 50; i++) expect(takeSlot('porter', `s${i}`)).not.toBeNull()
  expect(takeSlot('porter', 'another')).toBeNull()
  expect(takeSlot('white-rabbit', 's0')).not.toBeNull()
  first?.()
  first?.()
  expect(takeSlot('porter', 's0')).not.toBeNull()
  expect(takeSlot('porter', 'another')).toBeNull()
})
