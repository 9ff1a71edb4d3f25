import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundle, load } from './bundle.mjs'
import { at } from './root.mjs'

const dir = mkdtempSync(join(at('scripts'), 'bundle-test-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const write = (name: string, text: string) => {
  const file = join(dir, name)
  writeFileSync(file, text)
  return file
}

test('a bundled file keeps its own place, finds @/ and an empty server-only', async () => {
  const file = write(
    'place.ts',
    `import 'server-only'
     import { root } from '@/scripts/lib/root.mjs'
     export const dirname: string = import.meta.dirname
     export const url = import.meta.url
     export { root }`,
  )
  const loaded = await load(file)
  expect(join(loaded.dirname)).toBe(dir)
  expect(loaded.url).toBe(`file://${file}`)
  expect(loaded.root).toBe(at())
})

test('an import that leads nowhere is named', async () => {
  const file = write('lost.ts', `import { x } from '@/lib/no-such-file'\nconsole.log(x)`)
  await expect(bundle(file)).rejects.toThrow('@/lib/no-such-file: no such file under the project')
})
