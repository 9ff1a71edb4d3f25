import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BULK_REQUEST_SCHEMA, parseBulk } from './bulk'
import { orderBulk, resolveBulkIds } from './bulk-order'
import { diffAttributes } from './diff'
import { ScimError } from './errors'
import { deepFreeze, john } from './fixtures'
import { parseGroup } from './group'
import { parseJsonBody } from './json'
import { parseListQuery, parseSearchRequest } from './list'
import type { ScimOptions } from './options'
import { applyUserPatch, parsePatch, planGroupPatch } from './patch'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'
import { displayNameOf, parseUser, primaryEmail, type UserAttributes } from './user'

const modes = fc.constantFrom<ScimOptions>({ mode: 'okta' }, { mode: 'entra' }, { mode: 'strict' })

/** Runs and returns the result, or undefined for a ScimError that a client may see; anything else fails the test. */
function orRefusal<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    expect(error.status).toBeGreaterThanOrEqual(400)
    expect(error.status).toBeLessThan(500)
    expect(error.detail.length).toBeLessThan(400)
    return undefined
  }
}

const word = fc.oneof(
  fc.constantFrom(
    'userName',
    'USERNAME',
    'active',
    'name',
    'name.givenName',
    'emails',
    'emails.value',
    'title',
    'roles',
    'id',
    'meta',
    'groups',
    'password',
    'schemas',
    'members',
    'displayName',
    'externalId',
    'addresses',
    'photos',
    'profileUrl',
    'x509Certificates',
    ENTERPRISE_SCHEMA,
    `${ENTERPRISE_SCHEMA}:manager`,
    `${ENTERPRISE_SCHEMA}:manager.value`,
    '__proto__',
    'constructor',
    'toString',
    'prototype',
  ),
  fc.constantFrom(
    'emails[type eq "work"]',
    'emails[type eq "work"].value',
    'emails[type eq "x"].primary',
    'emails[primary eq true]',
    'addresses[type eq "home"].country',
    'members[value eq "a"]',
    'roles[value eq "a" and primary eq true]',
    'emails[',
    'emails[]',
    '[',
    '',
    ' ',
    '.',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', 'True', 'false', 'work', '\u0000', '\ud800', 'bulkId:a'),
)
const scalar = fc.oneof(text, fc.boolean(), fc.double(), fc.integer(), fc.constant(null))
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(
        fc.tuple(
          fc.oneof(word, fc.constantFrom('value', 'type', 'primary', 'display', '$ref', 'givenName', 'manager')),
          tie('value'),
        ),
        { maxLength: 5 },
      )
      .map((entries) => Object.fromEntries(entries)),
  ),
}))
const userBody = fc
  .array(fc.tuple(word, json), { maxLength: 8 })
  .map((entries) => ({ schemas: [USER_SCHEMA], userName: 'john', ...Object.fromEntries(entries) }))
const operation = fc.record(
  { op: fc.constantFrom('add', 'Replace', 'remove', 'x'), path: word, value: json },
  { requiredKeys: ['op'] },
)
const patchBody = fc.record({
  schemas: fc.constant(['urn:ietf:params:scim:api:messages:2.0:PatchOp']),
  Operations: fc.oneof({ weight: 9, arbitrary: fc.array(operation, { maxLength: 5 }) }, { weight: 1, arbitrary: json }),
})

function isWhole(user: UserAttributes): void {
  expect(typeof user.userName).toBe('string')
  expect(user.userName.trim()).toBe(user.userName)
  expect(user.userName).not.toBe('')
  expect(typeof user.active).toBe('boolean')
  for (const each of [user.emails, user.roles, user.phoneNumbers, user.photos]) {
    expect((each ?? []).filter((element) => element.primary === true).length).toBeLessThanOrEqual(1)
  }
  expect(Object.getPrototypeOf(user)).toBe(Object.prototype)
  expect(JSON.stringify(user)).not.toMatch(/\\u0000|\\ud[89a-f]/)
  expect(typeof displayNameOf(user)).toBe('string')
  primaryEmail(user)
}

test('any JSON as a user is a whole user or a refusal, and reads back as itself', () => {
  fc.assert(
    fc.property(fc.oneof(userBody, json), modes, (body, opts) => {
      const user = orRefusal(() => parseUser(body, opts))
      if (!user) return
      isWhole(user)
      const again = parseUser({ schemas: [USER_SCHEMA], ...user }, opts)
      expect(diffAttributes(user, again)).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

test('any PATCH on a user is a whole user or a refusal, and changes nothing it was given', () => {
  const current = deepFreeze(structuredClone(john))
  fc.assert(
    fc.property(patchBody, modes, (body, opts) => {
      const frozen = deepFreeze(body)
      const next = orRefusal(() => applyUserPatch(current, parsePatch(frozen, opts), opts))
      expect(current).toEqual(john)
      if (next) isWhole(next)
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('a PATCH of replace is idempotent', () => {
  const path = fc.constantFrom('title', 'name.givenName', 'emails[type eq "work"].value', 'active', 'name', 'emails')
  fc.assert(
    fc.property(fc.array(fc.record({ op: fc.constant('replace'), path, value: json })), (Operations) => {
      const apply = (user: UserAttributes) =>
        applyUserPatch(user, parsePatch({ Operations }, { mode: 'entra' }), { mode: 'entra' })
      const once = orRefusal(() => apply(john))
      const twice = once && orRefusal(() => apply(once))
      if (once && twice) expect(diffAttributes(once, twice)).toEqual([])
    }),
  )
})

test('any PATCH on a group is a plan or a refusal', () => {
  fc.assert(
    fc.property(patchBody, modes, (body, opts) => {
      const plan = orRefusal(() => planGroupPatch(parsePatch(body, opts), opts))
      for (const step of plan ?? []) {
        if ('ids' in step) expect(new Set(step.ids).size).toBe(step.ids.length)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('any JSON as a group, a search or a bulk request is read or refused', () => {
  fc.assert(
    fc.property(json, modes, (body, opts) => {
      orRefusal(() => parseGroup(body, opts))
      orRefusal(() => parseSearchRequest(body, 'User'))
      const request = orRefusal(() => parseBulk({ schemas: [BULK_REQUEST_SCHEMA], Operations: body }))
      if (request) expect(orderBulk(request.entries)).toHaveLength(request.entries.length)
      resolveBulkIds(body, new Map([['a', '1']]))
    }),
    { numRuns: 1_000 },
  )
})

test('any query is read or refused', () => {
  const name = fc.constantFrom(
    'filter',
    'startIndex',
    'count',
    'cursor',
    'sortBy',
    'sortOrder',
    'attributes',
    'excludedAttributes',
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.oneof(word, text)), { maxLength: 5 }), (entries) => {
      const query = orRefusal(() => parseListQuery(new URLSearchParams(entries), 'User'))
      if (!query) return
      expect(query.startIndex).toBeGreaterThanOrEqual(1)
      expect(query.count).toBeGreaterThanOrEqual(0)
      expect(query.count).toBeLessThanOrEqual(200)
    }),
    { numRuns: 1_000 },
  )
})

test('any text as a body is JSON or a refusal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (body) => {
      orRefusal(() => parseJsonBody(body))
    }),
  )
})
