import { expect, test } from 'vitest'
import { parseTaskForm } from './task-form'

const form = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return parseTaskForm(data)
}

test('a title is trimmed, a day is optional', () => {
  expect(form({ title: '  Call the harbour ', dueOn: '' })).toEqual({
    task: { title: 'Call the harbour', dueOn: null },
  })
  expect(form({ title: 'x', dueOn: '2026-12-31' })).toEqual({ task: { title: 'x', dueOn: '2026-12-31' } })
})

test.each([
  [{}, 'title'],
  [{ title: '   ' }, 'title'],
  [{ title: 'x'.repeat(201) }, 'title'],
  [{ title: 'a\0b' }, 'title'],
  [{ title: 'half \ud800 a pair' }, 'title'],
  [{ title: 'x', dueOn: '2026-02-30' }, 'dueOn'],
  [{ title: 'x', dueOn: 'tomorrow' }, 'dueOn'],
] as [Record<string, string>, 'title' | 'dueOn'][])('%j is refused at %s, in words', (fields, at) => {
  const result = form(fields)
  // FormData itself mends half a surrogate pair: then there is nothing to refuse.
  if ('task' in result) return expect(result.task.title.isWellFormed()).toBe(true)
  expect(result.errors[at]).toMatch(/\w+ .*\.$/)
})
