import { describe, expect, test } from 'vitest'
import { appFiles, declarations, firstStep, isActions } from './doors'
import { readText } from './files'

/** The doors of lib/auth/authorize, and `titleOf`, which asks one of them. */
const DOORS = [
  'requireSetup',
  'requireSetupAction',
  'requirePage',
  'requireJson',
  'requireAction',
  'requirePost',
  'authorize',
  'titleOf',
]
const ORIGIN = [
  ...['isOwnRequest', 'requireSetupAction', 'requireAction', 'requirePost'],
  ...['requireDemoAction', 'refuseDemo', 'refuseDemoHost'],
]
/** The doors of lib/demo/door: pages, actions and routes of a demo ask at these. */
const DEMO_DOORS = ['requireDemo', 'requireDemoAction', 'refuseDemo']
/** What asks for the demo's key cannot want it. */
const BEFORE_THE_KEY = ['requireDemoHost', 'refuseDemoHost']
const asksForKey = (path: string) => path.startsWith('app/demo/key/')

/** Wrappers that turn a failure into an answer, and what only reads the request at hand. */
const PASSING = new Set(['route', 'headers'])

const REVOCATION = 'app/api/orgs/[org]/global-token-revocation/route.ts'

/** Addresses under an org that let somebody in by other means than a session, each with its reason. */
const NO_DOOR: Record<string, string> = {
  [REVOCATION]: 'Universal Logout: a JWT of the org’s issuer; lib/auth/universal-logout authenticates',
}

/** State changes without an Origin check, each with its reason. */
const NO_ORIGIN: Record<string, string> = {
  [REVOCATION]: 'Called by Okta, with a JWT in the Authorization header; no cookie is read',
  'app/scim/v2/[[...path]]/route.ts': 'A bearer token, which no browser sends by itself; lib/scim-api authenticates',
  'app/api/[...nothing]/route.ts': 'Changes nothing: 404 for every verb',
}

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const isRoute = (path: string) => /\/route(\.demo)?\.ts$/.test(path)
const isPage = (path: string) => /\/(page|layout|template|default)(\.demo)?\.tsx$/.test(path)
const isFrame = (path: string) => /\/(layout|template)\.tsx$/.test(path)

/** What of a file the outside can reach. */
function entries(path: string): string[] {
  const exported = declarations(readText(path)).filter((each) => each.exported)
  if (isActions(path)) return exported.map(({ name }) => name)
  if (isRoute(path)) return exported.map(({ name }) => name).filter((name) => VERBS.includes(name))
  if (!isPage(path)) return []
  return exported
    .filter(({ name, text }) => text.startsWith('export default') || name === 'generateMetadata')
    .map(({ name }) => name)
}

const files = appFiles()
const underOrg = files
  .filter((path) => /^app\/(orgs|api\/orgs)\//.test(path))
  .flatMap((path) => entries(path).map((name) => [path, name] as const))

describe('every page, action and route of an org asks at a door before anything else', () => {
  test.each(underOrg.filter(([path]) => !(path in NO_DOOR)))('%s: %s', (path, name) => {
    const step = firstStep(name, readText(path), PASSING)
    // A frame may do nothing at all; what is in it asks.
    if (!(isFrame(path) && step === undefined)) expect(DOORS).toContain(step)
  })
})

const ofDemo = files
  .filter((path) => /\.demo\.tsx?$/.test(path))
  .flatMap((path) => entries(path).map((name) => [path, name] as const))

describe('every page, action and route of a demo asks at the demo’s door before anything else', () => {
  test.each(ofDemo)('%s: %s', (path, name) => {
    expect(asksForKey(path) ? BEFORE_THE_KEY : DEMO_DOORS).toContain(firstStep(name, readText(path), PASSING))
  })
})

const changes = files.flatMap((path) => {
  const names = entries(path).filter((name) => isActions(path) || !['GET', 'HEAD', 'OPTIONS'].includes(name))
  return isPage(path) ? [] : names.map((name) => [path, name] as const)
})

describe('every state change asks where it was sent from', () => {
  test.each(changes.filter(([path]) => !(path in NO_ORIGIN)))('%s: %s', (path, name) => {
    expect(ORIGIN).toContain(firstStep(name, readText(path), PASSING))
  })
})

/** The parameters an action reads, by name: not its company, and not the state `useActionState` hands back. */
function readParameters(text: string): string[] {
  const [, list = ''] = /^export async function \w+\(([^{]*?),?\s*\): Promise</.exec(text) ?? []
  const names = list.split(/,\s*(?=\w+: )/).map((each) => each.trim().replace(/:.*$/s, ''))
  return names.filter((name) => name !== '' && name !== 'org' && !name.startsWith('_'))
}

describe('every action hands its door what it was called with, whose types are only its pages’ word', () => {
  const calls = files.filter(isActions).flatMap((path) => {
    const all = declarations(readText(path))
    return all
      .filter(({ exported, text }) => exported && readParameters(text).length > 0)
      .map(({ name, text }) => ({ path, name, text, local: all.filter((each) => !each.exported) }))
  })
  test.each(calls)('$path: $name', ({ text, local }) => {
    const names = readParameters(text)
    const bodies = [text, ...local.filter((each) => text.includes(`${each.name}(`)).map((each) => each.text)]
    const sent = new RegExp(`(require\\w*Action|expectSent)\\(.*\\{ ${names.join(', ')} \\}\\)`)
    expect(bodies.filter((body) => sent.test(body))).not.toEqual([])
  })
  test('and there are many', () => expect(calls.length).toBeGreaterThan(35))
})

test('the lists of exceptions name files that exist', () => {
  expect([...Object.keys(NO_DOOR), ...Object.keys(NO_ORIGIN)].filter((path) => !files.includes(path))).toEqual([])
})

test('the tests above found what there is', () => {
  expect(underOrg.length).toBeGreaterThan(15)
  expect(changes.map(([path]) => path)).toEqual(
    expect.arrayContaining(['app/sign-out/[org]/route.ts', 'app/orgs/[org]/task-actions.ts', 'app/theme-action.ts']),
  )
})

test('actions live in files of their own, where this test finds them', () => {
  expect(files.filter((path) => !isActions(path) && /^\s+'use server'/m.test(readText(path)))).toEqual([])
})

test('proxy.ts decides nothing: it imports no door, no session and no use case', () => {
  expect(readText('proxy.ts')).not.toMatch(/authorize|lib\/auth\/session|lib\/directory|lib\/orgs/)
})

describe('the first step of a function', () => {
  const imports = `import { requirePage } from '@/lib/auth/authorize'\nimport { listTasks } from '@/lib/tasks/list-tasks'\n`
  const page = (body: string) =>
    `${imports}export default async function Page({ params }: Props) {\n${body}\n}\n\nasync function helper(org: string) {\n  return requirePage(org)\n}\n`

  test.each([
    ['is the door', '  const { org } = await params\n  const v = await requirePage(org)', 'requirePage'],
    ['is a read ahead of it', '  const t = listTasks()\n  await requirePage(org)', 'listTasks'],
    ['is anything awaited ahead of it', '  await fetch(x)\n  await requirePage(org)', 'fetch'],
    ['is found through a helper of the same file', '  const v = await helper(org)', 'requirePage'],
    ['is an argument that is awaited first', '  await listTasks(await helper(org), x)', 'requirePage'],
    ['is none', '  return null', undefined],
  ])('%s', (_, body, expected) => {
    expect(firstStep('Page', page(body), PASSING)).toBe(expected)
  })
})
