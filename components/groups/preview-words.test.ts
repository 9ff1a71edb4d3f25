import { describe, expect, it } from 'vitest'
import { noMoves, previewLines, previewText } from './preview-words'

const who = (from: 'member' | 'manager' | 'admin', to: typeof from, ...names: string[]) =>
  names.map((name) => ({ id: name, name, from, to }))

describe('a preview', () => {
  it('names who gains and, after them, who loses', () => {
    const preview = {
      byRole: [
        { from: 'manager', to: 'member', n: 1 } as const,
        { from: 'member', to: 'admin', n: 9 } as const,
        { from: 'manager', to: 'admin', n: 1 } as const,
      ],
      people: [
        ...who('manager', 'member', 'Dan'),
        ...who('member', 'admin', 'Ann', 'Bob', 'Cy', 'Di', 'Eve', 'Fay', 'Gil'),
        ...who('manager', 'admin', 'Hu'),
      ],
    }
    expect(previewLines(preview)).toEqual([
      { text: '9 people become Admin', names: ['Ann', 'Bob', 'Cy', 'Di', 'Eve', 'Fay'], more: 3, loses: false },
      { text: '1 person becomes Admin, now Manager', names: ['Hu'], more: 0, loses: false },
      { text: '1 person loses Manager and becomes Member', names: ['Dan'], more: 0, loses: true },
    ])
  })

  it('is one text for a form that asks, each name for itself', () => {
    const preview = {
      byRole: [{ from: 'member', to: 'manager', n: 2 } as const],
      people: who('member', 'manager', 'Ann'),
    }
    expect(previewText(preview)).toBe('2 people become Manager: \u2068Ann\u2069 and 1 more.')
  })

  it.each([
    [0, 'admin', /Whoever Okta puts into it becomes Admin/],
    [0, null, /Nobody is in this group/],
    [3, 'manager', /has Manager or more from elsewhere/],
    [3, null, /they have from elsewhere/],
  ] as const)('of %i people and the role %s that moves nobody says why', (total, role, text) => {
    expect(noMoves(total, role)).toMatch(text)
  })
})
