import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checklist } from './checklist'
import { crudCases } from './crud-cases'
import { entitlementCases } from './entitlement-cases'
import { groupCases } from './group-cases'
import type { ShownCase } from './last-run'
import { knownText } from './line'
import { scorecard } from './scorecard'
import { specCases } from './spec-cases'

const passed = (over: (id: string) => Partial<ShownCase> = () => ({})): ShownCase[] =>
  [...specCases, ...crudCases, ...entitlementCases, ...groupCases].map(({ id, suite, title, optional = false }) => ({
    ...{ id, suite, title, optional, ok: true, problem: null, request: 'GET /', sent: null, status: 200, answer: '{}' },
    ...over(id),
  }))
const failing = (...ids: string[]) =>
  passed((id) => (ids.includes(id) ? { ok: false, problem: 'The answer was 500, not 200' } : {}))

const secure = { baseUrl: 'https://rollcall.example/scim/v2/porter', issuer: 'https://porter.okta.com' }
const lines = (over: Partial<Parameters<typeof checklist>[0]> = {}) => checklist({ cases: [], ...secure, ...over })
const lineOf = (id: string, over?: Parameters<typeof lines>[0]) => lines(over).find((each) => each.id === id)

describe('the checklist', () => {
  it('has a line for each of C1 to C27, once', () => {
    expect(lines().map(({ id }) => id)).toEqual(Array.from({ length: 27 }, (_, i) => `C${i + 1}`))
  })

  it('calls nothing good that nobody looked at', () => {
    const good = [...lines({ cases: passed() }), ...scorecard(null)].filter(({ verdict }) => verdict === 'pass')
    expect(good.filter(({ known }) => known.by === 'nothing')).toEqual([])
  })

  it('claims nothing of the cases before a run, and everything only after all of them passed', () => {
    const ofRun = ['C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C12', 'C14', 'C15', 'C16', 'C26']
    expect(ofRun.map((id) => lineOf(id)?.verdict)).toEqual(ofRun.map(() => 'unknown'))
    const after = ofRun.map((id) => lineOf(id, { cases: passed() }))
    expect(after.map((line) => line?.verdict)).toEqual(ofRun.map(() => 'pass'))
    expect(after.every((line) => line?.known.by === 'run')).toBe(true)
  })

  it.each([
    ['R05', ['C5', 'C7', 'C9', 'C14']],
    ['C9293', ['C8', 'C15', 'C17']],
    ['G add', ['C10', 'C17']],
    ['C9338', ['C17']],
    ['E types', ['C16', 'C26']],
  ])('a failed %s makes exactly its lines red, with the reason', (id, red) => {
    const failed = lines({ cases: failing(id) }).filter(({ verdict }) => verdict === 'fail')
    expect(failed.map((line) => line.id)).toEqual(red)
    for (const { evidence } of failed) expect(evidence).toContain(`${id}: The answer was 500`)
  })

  it('an optional case that fails makes no line red', () => {
    const cases = failing('R11').map((each) => (each.id === 'R11' ? { ...each, optional: true } : each))
    expect(lines({ cases }).filter(({ verdict }) => verdict === 'fail')).toEqual([])
  })

  it('a run that lacks a case, of an older version, is no pass', () => {
    const cases = passed().filter(({ id }) => id !== 'G unlink')
    expect(lineOf('C10', { cases })).toMatchObject({
      verdict: 'unknown',
      evidence: expect.stringContaining('G unlink'),
    })
  })

  it.each([
    ['C1', { baseUrl: 'http://localhost:3000/scim/v2/porter' }, 'fail'],
    ['C1', { baseUrl: 'https://roll_call.example/scim/v2/porter' }, 'fail'],
    ['C1', {}, 'pass'],
    ['C19', { issuer: 'https://porter.okta.com/oauth2/default' }, 'fail'],
    ['C19', { issuer: 'http://localhost:4010/oauth2/porter' }, 'fail'],
    ['C19', {}, 'pass'],
    ['C19', { issuer: null }, 'unknown'],
  ])('%s of %o is %s', (id, over, verdict) => {
    expect(lineOf(id, over)?.verdict).toBe(verdict)
  })

  it('the test plan is Okta’s testers’, whatever passed here', () => {
    expect(lineOf('C17')).toMatchObject({ verdict: 'by hand' })
    expect(lineOf('C17', { cases: passed() })).toMatchObject({ verdict: 'by hand', known: { by: 'nothing' } })
  })
})

describe('the scorecard', () => {
  it('keeps its reds', () => {
    const red = scorecard(null).filter(({ verdict }) => verdict === 'fail')
    expect(red.map(({ title }) => title)).toEqual([
      expect.stringContaining('CAEP'),
      expect.stringContaining('25 requests'),
      expect.stringContaining('private_key_jwt'),
    ])
  })

  it('knows of a revocation only what happened at this company', () => {
    const of = (last: Parameters<typeof scorecard>[0]) =>
      scorecard(last).find(({ title }) => title.startsWith('Deactivating'))
    expect(of(null)).toMatchObject({ verdict: 'unknown' })
    expect(of({ at: '2026-11-26T17:00:00.000Z', sessions: 1, ref: 'evt_1' })).toMatchObject({
      verdict: 'pass',
      known: { by: 'deployment' },
      evidence: '1 session ended 2026-11-26T17:00:00.000Z, evt_1',
    })
  })
})

it('every test that a line names is there', () => {
  const files = [...lines(), ...scorecard(null)].flatMap(({ known }) => (known.by === 'test' ? known.files : []))
  expect(files.length).toBeGreaterThan(15)
  expect(files.filter((file) => !existsSync(file))).toEqual([])
})

it.each([
  [{ by: 'run' } as const, 'seen in the last run'],
  [{ by: 'test', files: ['a.test.ts', 'b.spec.ts'] } as const, 'held by a.test.ts, b.spec.ts in npm test'],
  [{ by: 'deployment' } as const, 'a fact of this deployment'],
  [{ by: 'nothing' } as const, 'not checked'],
])('%o reads "%s"', (known, text) => {
  expect(knownText(known)).toBe(text)
})
