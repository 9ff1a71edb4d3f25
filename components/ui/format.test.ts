import { describe, expect, test } from 'vitest'
import { absoluteTime, counted, dayText, deviceName, initials, relativeTime } from './format'

const now = Date.parse('2026-10-01T12:00:00Z')

test.each([
  ['2026-10-01T11:59:58Z', 'just now'],
  ['2026-10-01T11:59:18Z', '42 sec. ago'],
  ['2026-10-01T11:58:01Z', '1 min. ago'],
  ['2026-10-01T09:00:00Z', '3 hr. ago'],
  ['2026-09-30T11:00:00Z', 'yesterday'],
  ['2026-08-01T12:00:00Z', '2 mo. ago'],
  ['2024-08-01T12:00:00Z', '2 yr. ago'],
])('%s is told as "%s"', (at, text) => {
  expect(relativeTime(new Date(at), now)).toBe(text)
})

test('the exact moment is the same on every machine', () => {
  expect(absoluteTime(new Date('2026-10-01T10:42:07.999Z'))).toBe('2026-10-01 10:42:07 UTC')
})

test.each([
  ['2026-10-02', 'Fri 2 Oct'],
  ['2027-01-04', 'Mon 4 Jan 2027'],
])('day %s reads "%s": the year only when it is another one', (day, text) => {
  expect(dayText(day, '2026-10-01').replaceAll(',', '')).toBe(text)
})

test.each([
  ['John Doe', 'JD'],
  ['john.doe@porter.example', 'JE'],
  ['Cher', 'C'],
  ['  ', ''],
  ['木村 拓哉', '木拓'],
  ['😀 Smith', '😀S'],
])('initials of "%s" are "%s"', (name, text) => {
  expect(initials(name)).toBe(text)
})

test.each([
  [0, '0 sessions'],
  [1, '1 session'],
  [1204, '1,204 sessions'],
])('%i sessions read "%s"', (n, text) => {
  expect(counted(n, 'session')).toBe(text)
})

describe('a device is named so that its owner knows it', () => {
  test.each([
    [null, 'Unknown device'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/130.0 Safari/537.36',
      'Chrome on macOS',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge on Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['curl/8.5.0', 'curl'],
    ['something else entirely', 'something else entirely'],
  ])('%s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name)
  })
})
