import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listFiles, readText } from '../scripts/house/files'
import { at } from '../scripts/lib/root.mjs'
import { setting } from './fixtures'

/**
 * The build under test was made without ROLLCALL_DEMO=1: nothing of the demo is in it. scripts/house/imports.test.ts holds
 * the same to the sources.
 */
const dist = at(setting('E2E_DIST'))
const isDemo = (path: string) => /^(lib|components)\/(demo|lab)\/|\.demo\.tsx?$/.test(path)

const others = listFiles()
  .filter((path) => /^(app|components|db|lib)\/.*\.(tsx?|json)$/.test(path) && !isDemo(path))
  .map(readText)

/** Texts long and odd enough to stand in no other source: each source of the demo is known by its own. */
const marks = listFiles()
  .filter((path) => isDemo(path) && !/\.test\.tsx?$/.test(path))
  .flatMap((path) => [...readText(path).matchAll(/(['"`])([^'"`\n\\${}]{28,})\1/g)].map(([, , text = '']) => text))
  .filter((text) => !text.includes('/') && !text.includes('-') && !others.some((other) => other.includes(text)))

const built = ['server.mjs', ...filesUnder('server'), ...filesUnder('static')]
  .filter((path) => /\.(m?js|json|html)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(dist, path), 'utf8') }))

function filesUnder(folder: string): string[] {
  const entries = readdirSync(join(dist, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length + 1))
}

it('holds no page or route of the demo', () => {
  const routes = Object.values(JSON.parse(readFileSync(join(dist, 'app-path-routes-manifest.json'), 'utf8')))
  expect(routes).toContain('/sign-in')
  expect(routes.filter((route) => /^\/(demo|lab)(\/|$)/.test(String(route)))).toEqual([])
})

it('holds no text of the demo’s pages, and no code of the stand-in', () => {
  expect(marks.length).toBeGreaterThan(10)
  expect(built.length).toBeGreaterThan(100)
  for (const text of [...marks, 'oidc-provider']) {
    expect(built.filter((file) => file.text.includes(text)).map(({ path }) => `${path}: ${text}`)).toEqual([])
  }
})
