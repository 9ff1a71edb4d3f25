import { describe, expect, it } from 'vitest'
import { detailOf, type SentenceFacts, sentence, sentenceText } from './sentence'
import { EVENT_TYPES, type EventType, OUTCOMES } from './types'

const facts = (type: EventType, more: Partial<SentenceFacts> = {}): SentenceFacts => ({
  type,
  outcome: 'success',
  actorKind: 'okta',
  actorName: 'Okta',
  targetKind: 'user',
  targetId: '1',
  targetName: 'John Doe',
  method: null,
  path: null,
  status: null,
  diff: null,
  effects: null,
  error: null,
  count: 1,
  ...more,
})

const ann = { actorKind: 'user', actorName: 'Ann Smith' } as const
const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}&startIndex=1&count=100`
const error = (detail: string, scimType?: string) => ({ status: 400, detail, ...(scimType ? { scimType } : {}) })
const nobody = { targetKind: null, targetId: null, targetName: null } as const
const moved = (path: string, before: string, after: string) => ({ diff: [{ path, before, after }] })
/** Bold parts between asterisks. */
const marked = (e: SentenceFacts) =>
  sentence(e)
    .map((part) => (typeof part === 'string' ? part : `**${part.bold}**`))
    .join('')

describe('sentences from facts', () => {
  it.each<[EventType, Partial<SentenceFacts>, string]>([
    ['user.created', {}, 'Okta created **John Doe**'],
    ['user.created', ann, 'Ann Smith created **John Doe**'],
    ['user.created', { outcome: 'failed' }, 'Okta could not create **John Doe**'],
    ['user.created', { outcome: 'failed', targetName: null }, 'Okta could not create someone'],
    ['user.updated', {}, 'Okta updated **John Doe**'],
    ['user.updated', { outcome: 'skipped' }, 'Okta sent **John Doe** again, nothing to change'],
    ['user.updated', { outcome: 'blocked', ...ann }, 'Ann Smith was not allowed to update **John Doe**'],
    ['user.deactivated', { effects: { sessionsEnded: 2 } }, 'Okta deactivated **John Doe** · 2 sessions ended'],
    ['user.deactivated', { effects: { sessionsEnded: 1 } }, 'Okta deactivated **John Doe** · 1 session ended'],
    ['user.deactivated', { effects: { sessionsEnded: 0 } }, 'Okta deactivated **John Doe**'],
    ['user.deactivated', { effects: { lastOwnerLeft: true } }, 'Okta deactivated **John Doe** · the last owner left'],
    ['user.reactivated', {}, 'Okta reactivated **John Doe**'],
    ['user.deleted', {}, 'Okta deleted **John Doe**'],
    [
      'user.relinked',
      { effects: { linkCleared: true } },
      'Okta gave a new Okta identity to **John Doe** · sign-in link cleared',
    ],
    ['user.role_changed', ann, 'Ann Smith changed the role of **John Doe**'],
    [
      'user.looked_up',
      { targetId: null, targetName: null, path: filter('userName eq "x"') },
      'Okta looked up user name “x” — not found',
    ],
    ['user.looked_up', { path: filter('userName eq "x"') }, 'Okta looked up user name “x” — found **John Doe**'],
    [
      'user.looked_up',
      { path: filter('externalId eq "00u1"') },
      'Okta looked up external id “00u1” — found **John Doe**',
    ],
    ['user.looked_up', { targetId: null, targetName: 'x' }, 'Okta looked up user name “x” — not found'],
    ['user.looked_up', { targetId: null, targetName: null, path: filter('title sw "a"') }, 'Okta searched for users'],
    [
      'user.looked_up',
      { outcome: 'failed', targetId: null, targetName: null, path: '/Users?filter=%E0%A4%A' },
      'Okta searched for users — failed',
    ],
    ['user.listed', {}, 'Okta listed users'],
    ['user.read', {}, 'Okta read **John Doe**'],
    ['user.not_found', { method: 'PATCH', outcome: 'failed' }, 'Okta asked to change a user who does not exist here'],
    ['user.not_found', { method: 'GET', outcome: 'failed' }, 'Okta asked to read a user who does not exist here'],
    ['group.created', { targetKind: 'group', targetName: 'Managers' }, 'Okta created group **Managers**'],
    ['group.created', { targetKind: 'group', targetName: null, outcome: 'failed' }, 'Okta could not create a group'],
    [
      'group.members_changed',
      { targetKind: 'group', targetName: 'Managers' },
      'Okta changed the members of **Managers**',
    ],
    ['discovery.read', {}, 'Okta asked what this SCIM service can do'],
    ['request.rejected', { method: 'POST', path: '/Users?x=1' }, 'Rejected a request by Okta: POST /Users'],
    [
      'request.rejected',
      { method: 'GET', path: '/scim/v2/porter/Users/01a21ab4-294e-71e0-8f4c-8ba79dba4ef6' },
      'Rejected a request by Okta: GET /Users/…',
    ],
    [
      'access.blocked',
      { targetName: null, method: 'PUT', path: '/scim/v2/white-rabbit/Users/1?x=1' },
      'Blocked Okta: PUT /Users/1',
    ],
    [
      'token.refused',
      { ...nobody, outcome: 'blocked', count: 14 },
      'Refused a request with an unknown token · 14 times',
    ],
    ['token.refused', { ...nobody, error: error('', 'expired') }, 'Refused a request with an expired token'],
    [
      'token.refused',
      { targetKind: 'token', targetName: '…7CCs', error: error('', 'revoked'), count: 2 },
      'Refused a request with the revoked token **…7CCs** · 2 times',
    ],
    ['connection.changed', { ...ann, ...moved('scimState', 'active', 'paused') }, 'Ann Smith paused provisioning'],
    ['connection.changed', { ...ann, ...moved('scimState', 'paused', 'active') }, 'Ann Smith resumed provisioning'],
    [
      'connection.changed',
      { ...ann, ...moved('scimState', 'pending', 'active') },
      'Ann Smith stopped reviewing people first',
    ],
    ['connection.changed', { ...ann, ...moved('scimState', 'off', 'active') }, 'Ann Smith switched provisioning on'],
    [
      'connection.changed',
      { ...ann, ...moved('mode', 'okta', 'entra') },
      'Ann Smith set the SCIM client to Microsoft Entra',
    ],
    ['connection.changed', { ...ann, ...moved('issuer', 'a', 'b') }, 'Ann Smith changed the connection to Okta'],
    [
      'connection.changed',
      { ...ann, ...moved('scimState', 'active', 'off'), outcome: 'failed' },
      'Ann Smith could not change the connection to Okta',
    ],
    [
      'domain.changed',
      { ...ann, targetName: 'a.test', diff: [{ path: 'state', after: 'claimed' }] },
      'Ann Smith claimed domain **a.test**',
    ],
    [
      'domain.changed',
      { ...ann, targetName: 'a.test', ...moved('state', 'claimed', 'verified') },
      'Ann Smith verified domain **a.test**',
    ],
    [
      'domain.changed',
      { ...ann, targetName: 'a.test', diff: [{ path: 'state', before: 'verified' }] },
      'Ann Smith released domain **a.test**',
    ],
    [
      'domain.changed',
      { ...ann, targetName: 'a.test', outcome: 'failed', diff: [{ path: 'record', after: 'missing' }] },
      'Ann Smith could not find the record of domain **a.test**',
    ],
    [
      'domain.changed',
      { ...ann, targetName: 'a.test', outcome: 'skipped' },
      'Ann Smith looked up the record of domain **a.test**, nothing new',
    ],
    ['token.created', { ...ann, targetName: 'ab12' }, 'Ann Smith created SCIM token **ab12**'],
    ['access.recovered', {}, '**John Doe** got in with a recovery link'],
    ['signin.succeeded', {}, '**John Doe** signed in'],
    ['signin.refused', { targetName: 'x', error: error('', 'deactivated') }, 'Sign-in refused for **x**: deactivated'],
    ['signin.refused', { targetName: 'x', error: error('no account') }, 'Sign-in refused for **x**: no account'],
    ['signin.refused', { targetName: null }, 'Sign-in refused for someone'],
    ['signout', { effects: { sessionsEnded: 1 } }, '**John Doe** signed out'],
    [
      'session.ended',
      { ...ann, effects: { sessionsEnded: 3 } },
      'Ann Smith ended the sessions of **John Doe** · 3 sessions ended',
    ],
  ])('%s %j', (type, more, expected) => expect(marked(facts(type, more))).toBe(expected))

  it('every type and outcome has one, without holes', () => {
    for (const type of EVENT_TYPES) {
      for (const outcome of OUTCOMES) {
        for (const targetName of ['John Doe', null]) {
          const text = sentenceText(facts(type, { outcome, targetName, targetId: targetName && '1' }))
          expect(text, `${type} ${outcome}`).toMatch(/^[\p{Lu}“].*[^ ]$/u)
          expect(text, `${type} ${outcome}`).not.toMatch(/undefined|null| {2}|[a-z]+\.[a-z]+_?[a-z]* /)
        }
      }
    }
  })
})

describe('details', () => {
  it.each<[EventType, Partial<SentenceFacts>, string | null]>([
    ['user.role_changed', { effects: { roleBefore: 'member', roleAfter: 'manager' } }, 'became manager'],
    ['user.updated', { effects: { roleBefore: 'admin', roleAfter: 'admin' } }, null],
    [
      'user.updated',
      {
        effects: { roleBefore: 'member', roleAfter: 'manager' },
        diff: [{ path: 'title' }, { path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department' }],
      },
      'became manager · changed title and department',
    ],
    ['user.updated', { diff: [{ path: 'emails[type eq "work"].value' }] }, 'changed emails'],
    ['user.updated', { diff: ['a', 'b', 'c', 'd'].map((path) => ({ path })) }, 'changed a, b and 2 more'],
    ['user.updated', { outcome: 'failed', error: error('userName is empty') }, 'userName is empty'],
    ['signin.refused', { error: error('Assign them in Okta.', 'not_assigned') }, 'Assign them in Okta.'],
    ['signin.refused', { error: error('something else') }, null],
    ['user.created', { diff: [{ path: 'title' }] }, null],
    ['org.changed', { diff: [{ path: 'brakeUsers' }, { path: 'brakeMinutes' }] }, 'changed brake'],
    ['org.changed', { diff: [{ path: 'domainPolicy' }] }, 'changed domain policy'],
    ['connection.changed', moved('scimState', 'active', 'paused'), null],
    ['connection.changed', moved('issuer', 'a', 'b'), 'changed issuer'],
  ])('%s %j', (type, more, expected) => expect(detailOf(facts(type, more))).toBe(expected))
})
