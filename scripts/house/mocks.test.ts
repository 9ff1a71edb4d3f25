import { expect, test } from 'vitest'
import { listFiles, readText } from './files'

const mocking = new RegExp(['^vi', '\\.mock\\('].join(''), 'm')

test('who mocks a module loads all anew before and after: the test files of a worker share their modules', () => {
  const mockers = listFiles().filter((path) => /\.(test|spec)\.tsx?$/.test(path) && mocking.test(readText(path)))
  expect(mockers.length).toBeGreaterThan(0)
  const careless = mockers.filter((path) => {
    const [mocks, undone] = [/^vi\.mock\(/gm, /vi\.doUnmock\(/g].map((each) => readText(path).match(each)?.length)
    return mocks !== undone || readText(path).match(/vi\.resetModules\(\)/g)?.length !== 2
  })
  expect(careless).toEqual([])
})
