import { beforeEach, describe, expect, test } from 'vitest'
import { setEnvironment } from '@/lib/test-process'
import { cookieName, cookieOptions, readCookies, sessionSlugs, setCookie } from './cookies'
import { isOwnRequest, returnPath } from './origin'

const at = (url: string) => setEnvironment({ ROLLCALL_URL: url })

describe('cookie names', () => {
  test('each org has its own', async () => {
    at('http://localhost:3000')
    expect(cookieName('porter', 'session')).toBe('rollcall.porter.session')
    expect(cookieName('white-rabbit', 'state')).toBe('rollcall.white-rabbit.state')
  })

  test('over https they are Secure and pinned to the host', async () => {
    at('https://rollcall.example')
    expect(cookieName('porter', 'session')).toBe('__Host-rollcall.porter.session')
    expect(cookieOptions()).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true })
    expect(setCookie('porter', 'session', 'a.b', 60)).toBe(
      '__Host-rollcall.porter.session=a.b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
    )
  })

  test.each(['http://localhost:3000', 'https://rollcall.example'])(
    'the sessions held are found by name at %s',
    async (url) => {
      at(url)
      const jar = { [cookieName('porter', 'session')]: 'x', [cookieName('white-rabbit', 'session')]: 'y' }
      const others = { [cookieName('porter', 'state')]: 'z', theme: 'dark', 'rollcall..session': '', session: '' }
      expect(sessionSlugs({ ...jar, ...others })).toEqual(['porter', 'white-rabbit'])
    },
  )

  test('of two cookies with one name the first counts', async () => {
    at('http://localhost:3000')
    const headers = { cookie: 'a=1; a=2; b=%7C; c=%; __proto__=x; =y' }
    const jar = readCookies(new Request('http://localhost:3000', { headers }))
    expect(Object.entries(jar)).toEqual([
      ['a', '1'],
      ['b', '|'],
      ['c', '%'],
      ['__proto__', 'x'],
    ])
  })
})

describe('where a sign-in leads', () => {
  beforeEach(() => at('http://localhost:3000'))

  test.each([
    ['/orgs/porter/team', '/orgs/porter/team'],
    ['/orgs/porter/admin/events?type=signout', '/orgs/porter/admin/events?type=signout'],
    ['http://localhost:3000/orgs/porter/team#x', '/orgs/porter/team'],
    [null, '/orgs/porter'],
    ['', '/orgs/porter'],
    ['/orgs/white-rabbit/team', '/orgs/porter'],
    ['/orgs/porterhouse', '/orgs/porter'],
    ['/orgs/porter/../white-rabbit', '/orgs/porter'],
    ['/orgs/porter/%2e%2e/white-rabbit', '/orgs/porter'],
    ['/sign-out/porter', '/orgs/porter'],
    ['//evil.example/orgs/porter', '/orgs/porter'],
    ['/\\evil.example/orgs/porter', '/orgs/porter'],
    ['/\t/evil.example/orgs/porter', '/orgs/porter'],
    ['https://evil.example/orgs/porter', '/orgs/porter'],
    ['http://localhost:3000@evil.example/orgs/porter', '/orgs/porter'],
    ['http://localhost:3001/orgs/porter', '/orgs/porter'],
    ['javascript:alert(1)//orgs/porter', '/orgs/porter'],
    ['http://[', '/orgs/porter'],
  ])('%j leads to %s', (wanted, expected) => {
    expect(returnPath(wanted, 'porter')).toBe(expected)
  })
})

describe('whose form it is', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['our own page', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, true],
    ['a client that is no browser', {}, true],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['an opaque origin', { origin: 'null' }, false],
    ['another port', { origin: 'http://localhost:4010' }, false],
    ['a browser that hides the origin', { 'sec-fetch-site': 'cross-site' }, false],
    ['a neighbour on the same site', { 'sec-fetch-site': 'same-site' }, false],
  ])('%s', async (_, headers, expected) => {
    at('http://localhost:3000')
    expect(isOwnRequest(new Headers(headers))).toBe(expected)
  })
})
