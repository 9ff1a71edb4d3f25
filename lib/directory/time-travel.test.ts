import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventDiff, Role } from '@/db/types'
import { newId } from '@/lib/ids'
import { diffAttributes, isSame } from '@/lib/scim/diff'
import { ENTERPRISE_SCHEMA } from '@/lib/scim/schemas/enterprise-user'
import { settleUser, type UserAttributes } from '@/lib/scim/user'
import { type HistoryStep, type PersonState, redo, stateAt, undo } from './time-travel'

const NOBODY: PersonState = { attributes: {}, role: null, groups: new Map(), deleted: false, held: false }
const SEED = 20261201

const word = fc.constantFrom('a', 'b', 'c "quoted"', 'd]e', 'ü.x', 'f\\g')
const type = fc.constantFrom('work', 'home', 'other')
const element = fc.record(
  { value: word, display: word, type, primary: fc.constant(false) },
  { requiredKeys: ['value'] },
)
const list = fc.uniqueArray(element, { maxLength: 4, selector: (each) => JSON.stringify([each.type, each.value]) })

const attributes: fc.Arbitrary<UserAttributes> = fc
  .record(
    {
      userName: fc.constantFrom('john@porter.example', 'doe@porter.example'),
      active: fc.boolean(),
      externalId: word,
      title: word,
      name: fc.record({ givenName: word, familyName: word }, { requiredKeys: [] }),
      emails: list,
      roles: list,
      addresses: fc.array(fc.record({ type, locality: word }, { requiredKeys: ['locality'] }), { maxLength: 3 }),
      [ENTERPRISE_SCHEMA]: fc.record(
        { department: word, manager: fc.record({ value: word, displayName: word }, { requiredKeys: [] }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['userName', 'active'] },
  )
  .map((doc) => settleUser(structuredClone(doc)))

const state: fc.Arbitrary<PersonState> = fc
  .record({
    attributes,
    role: fc.constantFrom<Role[]>('owner', 'admin', 'manager', 'member'),
    groups: fc.array(fc.tuple(fc.constantFrom('g1', 'g2', 'g3'), fc.constantFrom('Ops', 'IT')), { maxLength: 3 }),
    held: fc.boolean(),
  })
  .map((s) => ({ ...s, attributes: { ...s.attributes }, groups: new Map(s.groups), deleted: false }))

/** What the write path and save_group put into a person's history for this change. */
function diffOf(before: PersonState, after: PersonState): EventDiff[] {
  const diff: EventDiff[] = diffAttributes(before.attributes, after.attributes)
  if (before.role !== after.role) {
    diff.push({ path: 'role', ...(before.role ? { before: before.role } : {}), after: after.role })
  }
  if (before.held !== after.held) diff.push({ path: 'held', before: before.held, after: after.held })
  for (const id of new Set([...before.groups.keys(), ...after.groups.keys()])) {
    const [was, is] = [before.groups.get(id), after.groups.get(id)]
    if (was === is) continue
    const path = `groups[value eq "${id}"]`
    if (was !== undefined && is !== undefined) diff.push({ path: `${path}.display`, before: was, after: is })
    else if (is !== undefined) diff.push({ path, after: { value: id, display: is } })
    else diff.push({ path, before: { value: id, display: was } })
  }
  return diff
}

/** Lists of SCIM have no order. */
const unordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, unordered(each)]),
  )
}
const shown = (s: PersonState) => unordered({ ...s, groups: Object.fromEntries(s.groups) })

const lives = fc.array(state, { minLength: 1, maxLength: 12 })
const stepsOf = (life: PersonState[]): HistoryStep[] =>
  life.map((after, i) => ({
    eventId: newId(),
    at: new Date(1000 * (i + 1)),
    diff: diffOf(life[i - 1] ?? NOBODY, after),
  }))

test('replaying a history from nothing gives the person as they are', () => {
  const property = fc.property(lives, (life) => {
    const end = stepsOf(life).reduce((at, step) => redo(at, step.diff), NOBODY)
    expect(shown(end)).toEqual(shown(life.at(-1) ?? NOBODY))
  })
  fc.assert(property, { seed: SEED, numRuns: 400 })
})

test('from now backwards, every moment of a life is as it was', () => {
  const property = fc.property(lives, (life) => {
    const history = stepsOf(life).reverse()
    life.forEach((then, i) => {
      const moment = stateAt(life.at(-1) ?? NOBODY, history, new Date(1000 * (i + 1) + 500))
      if (!moment.known) throw new Error('The moment is after the first row')
      expect(shown(moment.state)).toEqual(shown(then))
    })
  })
  fc.assert(property, { seed: SEED, numRuns: 400 })
})

test('undo takes redo back', () => {
  const property = fc.property(state, state, (a, b) => {
    const diff = diffOf(a, b)
    expect(shown(undo(redo(a, diff), diff))).toEqual(shown(a))
  })
  fc.assert(property, { seed: SEED, numRuns: 400 })
})

const begun = (rest: EventDiff[] = []): HistoryStep => ({
  eventId: newId(),
  at: new Date('2026-10-01T09:00:00Z'),
  diff: [{ path: 'userName', after: 'john@porter.example' }, { path: 'active', after: true }, ...rest],
})
const now: PersonState = {
  ...NOBODY,
  attributes: { userName: 'john@porter.example', active: false },
  role: 'member',
}
const left: HistoryStep = {
  eventId: newId(),
  at: new Date('2026-11-01T09:00:00Z'),
  diff: [{ path: 'active', before: true, after: false }],
}

test('the moment of a change is after it, a millisecond earlier is before', () => {
  const history = [left, begun()]
  const at = (iso: string) => {
    const moment = stateAt(now, history, new Date(iso))
    return moment.known ? moment.state.attributes.active : moment
  }
  expect(at('2026-11-01T09:00:00Z')).toBe(false)
  expect(at('2026-11-01T08:59:59.999Z')).toBe(true)
})

test('before the first row: not here yet when it is the beginning, else not known', () => {
  const early = new Date('2026-01-01T00:00:00Z')
  expect(stateAt(now, [left, begun()], early)).toMatchObject({ known: false, hereYet: false })
  expect(stateAt(now, [left], early)).toMatchObject({ known: false, hereYet: true })
  expect(stateAt(now, [], early)).toMatchObject({ known: false, hereYet: true, first: null })
})

test('a path nobody knows changes nothing', () => {
  for (const path of ['', '__proto__.x', '[type eq "work"]', 'a..b', 'name[', 'constructor.prototype.x']) {
    const after = redo(now, [{ path, after: 'x' }])
    expect(isSame({}, Object.create(null))).toBe(true)
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
    expect(after.role).toBe('member')
  }
})
