import { expect, it } from 'vitest'
import { builtActions } from './access/actions'
import { appUrl, newPerson, porter } from './fixtures'
import { errorOf, PATCH_SCHEMA, scimAt, scimUser } from './scim-client'

const scim = scimAt(porter.scim, porter.scimToken)
const { login } = newPerson('Bad')
const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`

/** What a sender may get wrong, and a word of the sentence it is told. */
const bodies: [what: string, body: unknown, status: number, word: RegExp][] = [
  ['nothing', '', 400, /JSON/i],
  ['not JSON', '{"userName":', 400, /JSON/i],
  ['a list', '[]', 400, /object/i],
  ['a wrong type', scimUser(login, { name: 7 }), 400, /name/],
  ['a number as userName', { ...scimUser(login), userName: 7 }, 400, /userName/],
  ['no userName', scimUser(login, { userName: undefined }), 400, /userName/],
  ['an empty userName', scimUser(''), 400, /userName/],
  ['a NUL', scimUser(`\u0000${login}`), 400, /userName|character/i],
  ['a lone surrogate', `{"schemas":[],"userName":"\\ud800${login}"}`, 400, /./],
  ['5,000 levels', `{"userName":"${login}","x":${deep}}`, 400, /deep|level|nest/i],
  ['an unknown schema', scimUser(login, { schemas: ['urn:example:nothing'] }), 400, /schema/i],
  ['__proto__', `{"userName":"${login}","__proto__":{"active":true}}`, 400, /__proto__|JSON/i],
  ['more than 1 MiB', scimUser(login, { title: 'x'.repeat(1_100_000) }), 413, /MiB|large|bytes/i],
]

it.each(bodies)('a body with %s gets a sentence, never a 5xx, and writes nothing', async (_, body, status, word) => {
  for (const [method, path] of [
    ['POST', '/Users'],
    ['PUT', '/Users/00000000-0000-7000-8000-000000000000'],
  ] as const) {
    const answer = await scim(method, path, body)
    // A PUT may find that nobody is there before it looks at the body.
    expect([method, answer.status]).toEqual([method, answer.status === 404 && method === 'PUT' ? 404 : status])
    if (method === 'POST') expect(errorOf(answer).detail).toMatch(word)
  }
  const filter = encodeURIComponent(`userName eq "${login}"`)
  expect((await scim('GET', `/Users?filter=${filter}`)).body).toMatchObject({ totalResults: 0 })
})

const addresses: [method: string, path: string, status: number, body?: unknown][] = [
  ['GET', '/Nothing', 404],
  ['POST', '/Nothing', 404, {}],
  ['GET', '/Users/not-a-uuid', 404],
  ['GET', `/Users/${'x'.repeat(4000)}`, 404],
  ['GET', '/Users/%00', 404],
  ['GET', '/Users/..%2F..%2Fwhite-rabbit%2FUsers', 404],
  ['GET', '/Users?filter=userName%20eq', 400],
  ['GET', '/Users?filter=((((', 400],
  ['GET', '/Users?filter=userName%20eq%20%22%00%22', 400],
  ['GET', '/Users?startIndex=x', 400],
  ['PUT', '/Users', 405, {}],
  ['POST', '/Users/00000000-0000-7000-8000-000000000000', 405, {}],
  ['PATCH', '/Users/00000000-0000-7000-8000-000000000000', 400, { schemas: [PATCH_SCHEMA], Operations: 7 }],
]

type Named = [name: string, ...address: (typeof addresses)[number]]
const named = addresses.map((each): Named => [`${each[0]} ${each[1].slice(0, 60)}`, ...each])

it.each(named)('%s is refused in SCIM’s own form', async (_, method, path, status, body) => {
  const answer = await scim(method, path, body)
  expect(answer.status).toBe(status)
  expect(errorOf(answer).detail.length).toBeGreaterThan(10)
  expect(answer.headers.get('content-type')).toContain('application/scim+json')
})

const tree = (value: string) => ({ rsc: '1', 'next-router-state-tree': value })
const LINE = 'x'.repeat(40)
const form = `multipart/form-data; boundary=${LINE}`
const formOf = (name: string, value: string) =>
  `--${LINE}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--${LINE}--\r\n`
const emptyForm = formOf('0', '[]')

/** What only a page's own script sends, sent by somebody else; undefined: any answer but a 5xx will do. */
const madeUp: [what: string, headers: Record<string, string>, status?: number | undefined, body?: string][] = [
  ['a router tree that is no JSON', tree('%7B'), 400],
  ['half an escape as router tree', tree('%E0%A4%A'), 400],
  ['a router tree of another shape', tree('%5B7%5D'), 400],
  ['a deep router tree', tree(encodeURIComponent('["",{"c":'.repeat(600))), 400],
  ['a router tree with an action', { ...tree('7'), 'next-action': 'x' }, 400, '[]'],
  ['an action of no known name', { 'next-action': 'x' }, 400, '[]'],
  ['an action of no build', { 'next-action': `00${'a'.repeat(40)}` }, 409, '[]'],
  ['an action called as a property', { 'next-action': 'toString' }, 400, '[]'],
  ['an action of another site', { 'next-action': 'x', origin: 'https://evil.example' }, 403, '[]'],
  ['a form of another site', { 'content-type': form, origin: 'https://evil.example' }, 403, emptyForm],
  ['a form of a page without an address', { 'content-type': form, origin: 'null' }, 403, emptyForm],
  ['a form whose origin is no address', { 'content-type': form, origin: ':' }, 403, emptyForm],
  ['a prefetch of a made-up segment', { rsc: '1', 'next-router-prefetch': '9', 'next-router-segment-prefetch': '%' }],
  ['a made-up Next-Url', { rsc: '1', 'next-url': '%E0%A4%A' }],
  ['headers of Next’s own middleware', { 'x-middleware-rewrite': 'http://[', 'x-middleware-override-headers': 'host' }],
  ['headers of Next’s own router', { 'x-invoke-status': '900', 'x-invoke-error': '{', 'x-matched-path': '/[' }],
  ['a made-up state of rendering', { 'x-nextjs-postponed': '1', 'next-resume': '1' }, undefined, '{'],
  ['another host', { 'x-forwarded-host': '[', 'x-forwarded-proto': ':', 'x-forwarded-port': 'x' }],
]
it.each(madeUp)('%s is the sender’s fault, never a 5xx', async (_, headers, status, body) => {
  for (const path of ['/', '/sign-in/porter', '/orgs/porter/admin/users', '/nothing-here']) {
    const method = body === undefined ? 'GET' : 'POST'
    const answer = await fetch(new URL(path, appUrl), { method, headers, redirect: 'manual', ...(body && { body }) })
    expect([path, answer.status < 500]).toEqual([path, true])
    if (status !== undefined) expect([path, answer.status]).toEqual([path, status])
    expect(await answer.text()).not.toMatch(/\n\s+at \S+ \(/)
  }
})

const setTheme = builtActions().get('theme-action setTheme')
const action = { 'next-action': setTheme?.id ?? '' }
const text = { 'content-type': 'text/plain;charset=UTF-8' }
const multipart = { 'content-type': form }
const bound = JSON.stringify({ id: setTheme?.id, bound: '$@1' })

/** Forms and calls of an action that is there, which cannot be read. */
const unread: [what: string, headers: Record<string, string>, body: string, status?: number][] = [
  ['a call that is no JSON', { ...action, ...text }, 'garbage{'],
  ['an empty call', { ...action, ...text }, ''],
  ['a call without arguments', { ...action, ...text }, 'null'],
  ['a call of 1,001 arguments', { ...action, ...text }, JSON.stringify(Array.from({ length: 1001 }, () => 1))],
  ['a reference to another function', { ...action, ...text }, '["$F9"]'],
  ['a reference to a prototype', { ...action, ...text }, '["$1:__proto__:x"]'],
  ['a call that is no form', { ...action, ...multipart }, 'garbage'],
  ['a call cut off', { ...action, ...multipart }, emptyForm.slice(0, 60)],
  ['a call without a boundary', { ...action, 'content-type': 'multipart/form-data' }, emptyForm],
  ['a form that is none', multipart, 'garbage'],
  ['a form cut off', multipart, emptyForm.slice(0, 60)],
  ['a form without a boundary', { 'content-type': 'multipart/form-data' }, emptyForm],
  ['a form of no known action', multipart, formOf('$ACTION_ID_x', '')],
  [
    'a form whose action is cut off',
    multipart,
    formOf('$ACTION_REF_1', '').replace(/--\r\n$/, '\r\n') + formOf('$ACTION_1:0', bound),
  ],
  ['a form of more than 4 MiB', multipart, formOf('file', 'x'.repeat(4_200_000)), 413],
  ['a call of more than 4 MiB', { ...action, ...multipart }, formOf('0', 'x'.repeat(4_200_000)), 413],
]
it.each(unread)('%s is the sender’s fault, never a 5xx', async (_, headers, body, status = 400) => {
  const [page = ''] = setTheme?.pages.filter((path) => !path.includes('[')) ?? []
  const answer = await fetch(new URL(page, appUrl), { method: 'POST', headers, body })
  expect([page, answer.status]).toEqual([page, status])
})

it.each(['/orgs/%E0%A4%A', '/api/%ff', '/100%'])('the address %s is one to write anew', async (path) => {
  const answer = await fetch(appUrl + path)
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('two digits')])
})

it('20 identical POSTs at once make one person', async () => {
  const { login: wanted } = newPerson('Twenty')
  const answers = await Promise.all(Array.from({ length: 20 }, () => scim('POST', '/Users', scimUser(wanted))))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
  const filter = encodeURIComponent(`userName eq "${wanted}"`)
  expect((await scim('GET', `/Users?filter=${filter}`)).body).toMatchObject({ totalResults: 1 })
})
