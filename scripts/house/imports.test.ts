import { expect, test } from 'vitest'
import { importsOf, isCode, listFiles } from './files'

/** Who may import what of ours; the first rule that matches a file decides. */
const ours = /^(app|components|db|lib|e2e|scripts)\/|^server$|^proxy$/
const rules: [from: RegExp, may: RegExp][] = [
  [/^lib\/[\w-]+\.ts$/, /^lib\/[\w-]+$/],
  [/^lib\/scim\//, /^lib\/scim\//],
  [/^lib\/events\//, /^lib\/(events|scim)\/|^lib\/[\w-]+$|^db\//],
  [/^lib\/(directory|orgs|tasks)\//, /^lib\/(directory|orgs|tasks|events|scim)\/|^lib\/[\w-]+$|^db\//],
  [/^lib\//, /^lib\/|^db\//],
  [/^db\//, /^db\/|^lib\/[\w-]+$|^lib\/(orgs|scim|events|directory)\/|^e2e\/okta\/ids$/],
  [/^components\//, /^components\/|^lib\//],
  [/^app\//, /^app\/|^components\/|^lib\/|^db\/tenant$/],
  [/^(server|proxy|instrumentation.*)\.ts$/, /^lib\/|^db\/guard$|^instrumentation/],
  [/^e2e\/okta\//, /^e2e\/okta\//],
]

const files = listFiles().filter((path) => isCode(path) && !/\.(test|spec)\.tsx?$/.test(path))
const imports = files.flatMap((path) => importsOf(path).map((target) => ({ path, target })))

function isWrong({ path, target }: { path: string; target: string }): boolean {
  const rule = rules.find(([from]) => from.test(path))
  return rule !== undefined && ours.test(target) && !rule[1].test(target)
}

test('imports go one way', () => {
  expect(imports.filter(isWrong)).toEqual([])
})

test.each([
  ['app/page.tsx', 'db/client'],
  ['components/users/table.tsx', 'db/tenant'],
  ['lib/scim/patch.ts', 'lib/directory/patch-user'],
  ['lib/events/record.ts', 'lib/directory/patch-user'],
  ['lib/directory/patch-user.ts', 'lib/scim-api/app'],
  ['lib/auth/admit.ts', 'app/page'],
])('%s may not import %s', (path, target) => {
  expect(isWrong({ path, target })).toBe(true)
})

test('nobody imports app, but app itself', () => {
  expect(imports.filter(({ path, target }) => target.startsWith('app/') && !path.startsWith('app/'))).toEqual([])
})

/** What only a demo has; pages named *.demo.tsx exist in demo builds alone (next.config.mjs). */
const demoOnly = /^(lib|components)\/(demo|lab)\/|^e2e\/okta\//
const mayDemo = (path: string) =>
  demoOnly.test(path) || /\.demo\.tsx?$/.test(path) || !/^(app|components|lib)\//.test(path)

test('a production build reaches nothing of the demo: only demo files import demo code', () => {
  expect(imports.filter(({ path, target }) => demoOnly.test(target) && !mayDemo(path))).toEqual([])
})

test('the raw database handle stays inside db', () => {
  const raw = ({ path, target }: { path: string; target: string }) =>
    target === 'db/client' || (target === 'postgres' && /^(app|components|lib)\//.test(path))
  expect(imports.filter((each) => raw(each) && !each.path.startsWith('db/'))).toEqual([])
})

test('lib/scim is pure: no package but zod and secure-json-parse, nothing of Node', () => {
  const allowed = /^(zod|secure-json-parse|lib\/scim\/.*)$/
  expect(imports.filter(({ path, target }) => path.startsWith('lib/scim/') && !allowed.test(target))).toEqual([])
})
