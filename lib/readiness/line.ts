/** `unknown`: the cases were not run yet. `by hand`: only people can do or see it. */
export type Verdict = 'pass' | 'fail' | 'not applicable' | 'by hand' | 'unknown'

/** What a verdict rests on. `nothing`: nobody looked, and the line says so. */
export type Known = { by: 'run' } | { by: 'test'; files: readonly string[] } | { by: 'deployment' } | { by: 'nothing' }

export type Line = { id: string; title: string; verdict: Verdict; known: Known; evidence: string }

/** How it is known, in words. */
export function knownText(known: Known): string {
  if (known.by === 'run') return 'seen in the last run'
  if (known.by === 'test') return `held by ${known.files.join(', ')} in npm test`
  return known.by === 'deployment' ? 'a fact of this deployment' : 'not checked'
}

/** Lines by how they are known: a line that passes always says what holds it. */
export const line = {
  run: (id: string, title: string, ok: boolean, evidence: string): Line => ({
    ...{ id, title, evidence, verdict: ok ? 'pass' : 'fail', known: { by: 'run' } },
  }),
  fact: (id: string, title: string, ok: boolean, evidence: string): Line => ({
    ...{ id, title, evidence, verdict: ok ? 'pass' : 'fail', known: { by: 'deployment' } },
  }),
  pass: (id: string, title: string, evidence: string, files: readonly [string, ...string[]]): Line => ({
    ...{ id, title, evidence, verdict: 'pass', known: { by: 'test', files } },
  }),
  /** It is not so, and nothing but building it would change that. */
  lacking: (id: string, title: string, evidence: string): Line => ({
    ...{ id, title, evidence, verdict: 'fail', known: { by: 'nothing' } },
  }),
  unknown: (id: string, title: string, evidence: string): Line => ({
    ...{ id, title, evidence, verdict: 'unknown', known: { by: 'nothing' } },
  }),
  byHand: (id: string, title: string, evidence: string): Line => ({
    ...{ id, title, evidence, verdict: 'by hand', known: { by: 'nothing' } },
  }),
  notApplicable: (id: string, title: string, evidence: string): Line => ({
    ...{ id, title, evidence, verdict: 'not applicable', known: { by: 'nothing' } },
  }),
}
