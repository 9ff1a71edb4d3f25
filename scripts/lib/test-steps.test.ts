import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { createSteps, readReport } from './test-steps.mjs'

const dir = mkdtempSync(join(tmpdir(), 'rollcall-steps-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
vi.spyOn(console, 'log').mockImplementation(() => undefined)
vi.spyOn(console, 'error').mockImplementation(() => undefined)

const report = (value: unknown) => {
  const path = join(dir, 'report.json')
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}
const counts = (numPassedTests: number, numFailedTests: number, testResults: unknown[] = []) =>
  report({ numPassedTests, numFailedTests, testResults })

test.each([
  ['tests are counted one by one', () => counts(4, 1), { passed: 4, failed: 1 }],
  [
    'a file that did not load is one failure',
    () => counts(4, 0, [{ status: 'failed', assertionResults: [] }]),
    { passed: 4, failed: 1 },
  ],
  ['a report that is no JSON counts nothing', () => report('{'), { passed: 0, failed: 0 }],
])('%s', (_, path, expected) => {
  expect(readReport(path())).toEqual(expected)
})

test('the sum is over checks and tests, and a run that crashed is a failure', async () => {
  const steps = createSteps()
  await steps.check('good', async () => undefined)
  await steps.check('bad', async () => {
    throw new Error('no')
  })
  await steps.count('tests', counts(10, 0), async () => undefined)
  await steps.count('crashed', counts(3, 0), async () => {
    throw new Error('ended with SIGKILL')
  })
  expect(steps.finish()).toEqual({ passed: 14, failed: 2 })
})
