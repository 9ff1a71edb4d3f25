import { diffAttributes, isSame } from '@/lib/scim/diff'
import type { JsonObject } from '@/lib/scim/json'
import type { HistoryStep } from './time-travel'
import { parsePath, readAt, writeAt } from './time-travel-path'

/** A value of the profile, in SCIM path notation, and the history row that gave it. Null: older than what is known. */
export type FieldOrigin = { path: string; value: unknown; step: HistoryStep | null }

const rootOf = (path: string): string => {
  const [first] = parsePath(path) ?? []
  return first && 'name' in first ? first.name : path
}

/** Every value of a profile and which change gave it, from how the profile is now and its history, newest first. Pure. */
export function fieldOrigins(attributes: JsonObject, newestFirst: readonly HistoryStep[]): FieldOrigin[] {
  const fields = diffAttributes(undefined, attributes).map(({ path, after }) => ({
    path,
    value: after,
    steps: parsePath(path) ?? [],
    root: rootOf(path),
    step: null as HistoryStep | null,
  }))
  let now = attributes
  for (const step of newestFirst) {
    const open = fields.filter((field) => field.step === null)
    if (open.length === 0) break
    const roots = new Set(open.map(({ root }) => root))
    const changes = step.diff.filter(({ path }) => roots.has(rootOf(path)))
    if (changes.length === 0) continue
    for (const { path, before, after } of [...changes].reverse()) {
      now = writeAt(now, parsePath(path) ?? [], before, after)
    }
    for (const field of open) {
      if (!isSame(readAt(now, field.steps), field.value)) field.step = step
    }
  }
  return fields.map(({ path, value, step }) => ({ path, value, step }))
}
