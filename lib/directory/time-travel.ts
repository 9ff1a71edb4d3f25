import type { EventDiff, Role } from '@/db/types'
import type { JsonObject } from '@/lib/scim/json'
import { parsePath, writeAt } from './time-travel-path'

/** A row of user_history. */
export type HistoryStep = { eventId: string; at: Date; diff: EventDiff[] }

/** A person at one moment: what user_history tells of. */
export type PersonState = {
  /** SCIM attributes, `active` among them; `{}` before they were there. */
  attributes: JsonObject
  role: Role | null
  groups: ReadonlyMap<string, string>
  deleted: boolean
  held: boolean
}

export type Moment =
  | { known: true; state: PersonState; since: HistoryStep; until: HistoryStep | null }
  /** Before the first row: nothing is known, or that the person was not here yet. */
  | { known: false; hereYet: boolean; first: HistoryStep | null }

const GROUP = /^groups\[value eq "([^"]+)"\](\.display)?$/

/** A person before a change, from how they were after it. */
export const undo = (state: PersonState, diff: readonly EventDiff[]): PersonState =>
  [...diff].reverse().reduce((at, change) => set(at, change.path, change.before, change.after), state)

/** A person after a change, from how they were before it. */
export const redo = (state: PersonState, diff: readonly EventDiff[]): PersonState =>
  diff.reduce((at, change) => set(at, change.path, change.after, change.before), state)

function set(state: PersonState, path: string, value: unknown, was: unknown): PersonState {
  if (path === 'role') return { ...state, role: isRole(value) ? value : null }
  if (path === 'deleted') return { ...state, deleted: value === true }
  if (path === 'held') return { ...state, held: value === true }
  const group = GROUP.exec(path)
  if (group?.[1]) return { ...state, groups: setGroup(state.groups, group[1], value) }
  // Ours, not SCIM's: the role above is what came of it.
  const steps = path === 'manualRole' ? undefined : parsePath(path)
  return steps ? { ...state, attributes: writeAt(state.attributes, steps, value, was) } : state
}

function setGroup(groups: PersonState['groups'], id: string, value: unknown): PersonState['groups'] {
  const next = new Map(groups)
  const display = typeof value === 'object' && value !== null && 'display' in value ? value.display : value
  if (value === undefined) next.delete(id)
  else next.set(id, typeof display === 'string' ? display : '')
  return next
}

const isRole = (value: unknown): value is Role =>
  value === 'owner' || value === 'admin' || value === 'manager' || value === 'member'

/** True for the row a person begins with: it gives a user name where there was none. */
export const isBeginning = ({ diff }: HistoryStep): boolean =>
  diff.some(({ path, before, after }) => path === 'userName' && before === undefined && after !== undefined)

/**
 * How a person was at a moment, from how they are now and what happened since, newest first and without a gap. The moment
 * of a change is after it.
 */
export function stateAt(now: PersonState, newestFirst: readonly HistoryStep[], at: Date): Moment {
  let state = now
  let until: HistoryStep | null = null
  for (const step of newestFirst) {
    if (step.at <= at) return { known: true, state, since: step, until }
    state = undo(state, step.diff)
    until = step
  }
  return { known: false, hereYet: until === null || !isBeginning(until), first: until }
}
