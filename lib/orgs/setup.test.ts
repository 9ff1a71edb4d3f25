import { describe, expect, test } from 'vitest'
import { diagnose, type HandshakeEvent, type HandshakeFacts } from './setup'

const baseUrl = 'https://rollcall.example/scim/v2/porter'
const event = (id: number, rest: Partial<HandshakeEvent>): HandshakeEvent => ({
  id: `01900000-0000-7000-8000-${String(id).padStart(12, '0')}`,
  ref: `evt_${id}`,
  at: '2026-01-01T00:00:00.000Z',
  type: 'user.listed',
  outcome: 'success',
  status: 200,
  path: null,
  targetName: null,
  error: null,
  ...rest,
})
const nothing = { test: null, lookup: null, person: null, group: null, role: null }
const facts = (rest: Partial<HandshakeFacts> = {}): HandshakeFacts => ({
  seen: nothing,
  problems: [],
  nameless: [],
  scimState: 'active',
  token: { state: 'live' },
  held: 0,
  baseUrl,
  ...rest,
})
const refused = (scimType: string) =>
  event(5, { type: 'token.refused', outcome: 'blocked', status: 401, error: { status: 401, scimType, detail: 'x' } })
const failed = (type: HandshakeEvent['type'], status: number, detail: string, path: string | null = null) =>
  event(5, { type, outcome: 'failed', status, path, error: { status, detail } })

describe('what is wrong is named, with what to do', () => {
  test.each<[string, HandshakeEvent, HandshakeEvent['type'] | string, RegExp, RegExp]>([
    ['no token', refused('missing'), 'test', /without a token/, /HTTP Header/],
    ['a space in it', refused('spaced'), 'test', /space or a line break/, /copy button/],
    ['Bearer twice', refused('doubled'), 'test', /Bearer was sent twice/, /token alone/],
    ['half a token', refused('malformed'), 'test', /only a part/, /77 characters/],
    ['a wrong token', refused('unknown'), 'test', /wrong token/, /create a new one/],
    ['an expired one', refused('expired'), 'test', /has expired/, /new token/],
    ['a revoked one', refused('revoked'), 'test', /was revoked/, /live/],
    ['another org’s', refused('other-org'), 'test', /another organization/, /copy both/],
    [
      'another org’s address',
      event(5, { type: 'access.blocked', outcome: 'blocked', status: 401, path: '/scim/v2/white-rabbit/Users' }),
      'test',
      /wrong address.*white-rabbit/,
      /scim\/v2\/porter/,
    ],
    [
      'an address with too much in it',
      failed('request.rejected', 404, 'There is no SCIM endpoint', '/scim/v2/porter/Users/Users'),
      'test',
      /Users\/Users/,
      /nothing behind it/,
    ],
    ['too many leavers', failed('user.updated', 429, 'x'), 'person', /brake/, /Settings, General/],
    ['too many requests', failed('request.rejected', 429, 'x'), 'test', /slowed down/, /Nothing to do/],
    ['a userName twice', failed('user.created', 409, 'x'), 'person', /userName already/, /userName/],
    ['a group name twice', failed('group.created', 409, 'x'), 'group', /group of this name/, /link/],
    [
      'no userName',
      failed('user.created', 400, '"userName" is required. Map a value to it.'),
      'person',
      /without a userName/,
      /Map a value/,
    ],
    ['anything else', failed('user.created', 400, 'Something odd.'), 'person', /Something odd/, /retry/],
  ])('%s', (_, problem, light, what, fix) => {
    const [found, ...rest] = diagnose(facts({ problems: [problem] }))
    expect(rest).toEqual([])
    expect(found).toMatchObject({ light, ref: 'evt_5' })
    expect(found?.what).toMatch(what)
    expect(found?.fix).toMatch(fix)
  })

  test.each<[string, Partial<HandshakeFacts>, RegExp[]]>([
    ['paused', { scimState: 'paused' }, [/paused/]],
    ['off, with a token', { scimState: 'off' }, [/off/]],
    ['off, and nothing begun', { scimState: 'off', token: null }, []],
    ['the token has expired', { token: { state: 'expired' } }, [/expired/]],
    ['the token was revoked', { token: { state: 'revoked' } }, [/revoked/]],
    ['pending, and somebody waits', { scimState: 'pending', held: 1 }, [/1 person waits/]],
    ['pending, and nobody waits', { scimState: 'pending' }, []],
  ])('the state: %s', (_, rest, said) => {
    const found = diagnose(facts(rest))
    expect(found).toHaveLength(said.length)
    for (const [at, pattern] of said.entries()) expect(found[at]?.what).toMatch(pattern)
  })
})

test('people without a surname are a warning with their newest event, and none once they have one', () => {
  const nobody = event(7, { type: 'user.created', targetName: 'Cy' })
  const [found, ...rest] = diagnose(facts({ nameless: [nobody], seen: { ...nothing, person: event(9, {}) } }))
  expect(rest).toEqual([])
  expect(found).toMatchObject({ light: 'person', tone: 'warn', ref: 'evt_7' })
  expect(found?.what).toBe('Okta sent 1 person without a surname (name.familyName).')
  expect(diagnose(facts({ nameless: [nobody, nobody] }))[0]?.what).toMatch(/sent 2 people/)
  expect(diagnose(facts())).toEqual([])
})

test('a wrong address is told without its query, which names people', () => {
  const path = '/scim/v2/white-rabbit/Users?filter=userName eq "john@porter.example"'
  const [found] = diagnose(
    facts({ problems: [event(5, { type: 'access.blocked', outcome: 'blocked', status: 401, path })] }),
  )
  expect(found?.what).toMatch(/asked for \/scim\/v2\/white-rabbit\/Users\.$/)
})

test('what has succeeded since is not told any more, what has not is', () => {
  const problems = [refused('unknown'), failed('user.created', 409, 'x')]
  const tested = diagnose(facts({ problems, seen: { ...nothing, test: event(6, {}) } }))
  expect(tested.map(({ light }) => light)).toEqual(['person'])
  expect(diagnose(facts({ problems, seen: { ...nothing, test: event(4, {}) } }))).toHaveLength(2)
})

test('a right token at a wrong address ends what was wrong with the token before', () => {
  const blocked = (id: number) =>
    event(id, { type: 'access.blocked', outcome: 'blocked', status: 401, path: '/scim/v2/x' })
  expect(diagnose(facts({ problems: [blocked(6), refused('unknown')] })).map(({ ref }) => ref)).toEqual(['evt_6'])
  expect(diagnose(facts({ problems: [refused('unknown'), blocked(4)] }))).toHaveLength(2)
})

test('the same thing is told once, and a refusal while paused only by the state', () => {
  expect(diagnose(facts({ problems: [refused('unknown'), refused('unknown')] }))).toHaveLength(1)
  const problems = [failed('request.rejected', 403, 'Provisioning is paused')]
  expect(diagnose(facts({ problems, scimState: 'paused' }))).toHaveLength(1)
  expect(diagnose(facts({ problems }))).toEqual([])
})
