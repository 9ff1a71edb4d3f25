import { expect, test } from 'vitest'
import { listFiles, readText } from './files'

const text = listFiles().filter((path) => !/\.(png|jpe?g|webp|ico|woff2?|ico|gif|mp4|svg)$/.test(path))

/** Built from pieces, so that this file does not hold what it looks for. */
const marks: [what: string, mark: RegExp][] = [
  [
    'a folder of one machine',
    new RegExp(`(^|[\\s'"\`(=])/(${['work', 'root', 'Users/[a-z]', 'home/[a-z]'].join('|')})/`, 'm'),
  ],
  ['a registry', new RegExp(['registry', '\\.(npmjs|yarnpkg)\\.(org|com)'].join(''))],
  ['a private key', new RegExp(['-----BEGIN ', '(RSA |EC )?PRIVATE KEY'].join(''))],
  ['a merge left undone', /^(<{7}|>{7}) /m],
]

test.each(marks)('no file holds %s', (_, mark) => {
  expect(text.filter((path) => mark.test(readText(path)))).toEqual([])
})
