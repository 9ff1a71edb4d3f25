import { describe, expect, it } from 'vitest'
import { seenAt } from './claims'
import { recordedYear } from './recorded'
import { lenses, moments, year } from './year'
import type { YearRun } from './year-run'

const all = lenses.flatMap((lens) => moments.map((moment) => [lens, moment] as const))

describe('the recording that comes with the app', () => {
  it.each(all)('%s, %s: everything the sentence says was seen', (lens, moment) => {
    const seen = seenAt(lens, moment, recordedYear.years[lens])
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter(({ holds }) => !holds)).toEqual([])
  })

  it('has something real behind every bubble', () => {
    const empty = all.filter(([lens, moment]) => {
      const { okta, visits, rows } = recordedYear.years[lens].moments[moment]
      return okta.length + visits.length + rows.length === 0
    })
    expect(empty).toEqual([])
  })

  it('explains the decisions behind what Rollcall wrote down of Okta’s requests', () => {
    const traced = Object.values(recordedYear.years.both.moments).flatMap(({ rows }) => rows)
    const writes = traced.filter(({ type }) => /^user\.(created|updated|deactivated|reactivated)$/.test(type))
    expect(writes.length).toBeGreaterThan(2)
    expect(writes.filter(({ trace }) => trace.length === 0)).toEqual([])
  })

  it('holds no secret', () => {
    expect(JSON.stringify(recordedYear)).not.toMatch(/rollcall_[0-9A-Za-z]{40}|client_secret|Bearer|"password":"(?!\[)/)
  })
})

it('the forgotten leaver is what tells the lenses apart', () => {
  const me = (run: YearRun, lens: (typeof lenses)[number]) =>
    run.years[lens].moments['still-there'].visits.find(({ asked }) => asked.startsWith('/api/me'))?.status
  expect(lenses.map((lens) => me(recordedYear, lens))).toEqual([200, 401, 401])
})

it('a run in which the leaver was thrown out all the same does not pass for OIDC only', () => {
  const wrong = structuredClone(recordedYear.years.oidc)
  for (const visit of wrong.moments['still-there'].visits) visit.status = 401
  expect(seenAt('oidc', 'still-there', wrong).some(({ holds }) => holds)).toBe(false)
})

it('the year is told in the order in which it is played', () => {
  expect(year.map(({ id }) => id)).toEqual([...moments])
})
