import { expect, it } from 'vitest'
import { checksOf } from './checks'
import { recordedRun } from './recording'
import { STORY } from './story'

it('the recording that comes with the app is of a run in which every step came out right on both sides', () => {
  const steps = recordedRun()?.steps ?? []
  expect(steps).toHaveLength(STORY.length)
  for (const [i, facts] of steps.entries()) {
    const claims = checksOf(i + 1, facts)
    expect(claims.length).toBeGreaterThan(0)
    expect(claims.filter(({ okta, rollcall }) => okta.ok !== true || rollcall.ok !== true)).toEqual([])
  }
})
