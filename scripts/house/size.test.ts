import { expect, test } from 'vitest'
import { isCode, listFiles, readText } from './files'

const generated = /^db\/migrations\/|^package-lock\.json$/
const fence = 300

test(`no file of code has more than ${fence} lines`, () => {
  const sizes = listFiles()
    .filter((path) => (isCode(path) || /\.(css|sql)$/.test(path)) && !generated.test(path))
    .map((path) => ({ path, lines: readText(path).split('\n').length - 1 }))
  expect(sizes.length).toBeGreaterThan(20)
  expect(sizes.filter(({ lines }) => lines > fence)).toEqual([])
})
