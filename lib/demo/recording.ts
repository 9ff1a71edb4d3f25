import 'server-only'
import type { Facts } from './facts'
import recorded from './recorded-run.json'
import { currentRun } from './run'
import { STORY } from './story'

/** A run that was told to the end: the facts of each step when it had come out right. */
export type Recording = { recordedAt: string; resetMs: number | null; steps: Facts[] }

/** The run just told, once all of its steps came out right; null before. */
export function recordRun(): Recording | null {
  const { passed, resetMs } = currentRun()
  const steps = STORY.flatMap((_, i) => passed.get(i + 1) ?? [])
  const last = steps.at(-1)
  return last && steps.length === STORY.length ? { recordedAt: last.at, resetMs, steps } : null
}

/** The run that comes with the app, recorded from a real one by /demo/recording. Null: none was recorded yet. */
export const recordedRun = (): Recording | null => (isRecording(recorded) ? recorded : null)

const isRecording = (value: unknown): value is Recording =>
  typeof value === 'object' &&
  value !== null &&
  'steps' in value &&
  Array.isArray(value.steps) &&
  value.steps.length === STORY.length
