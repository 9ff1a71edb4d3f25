import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { send } from '@/lib/scim-api/test/client'
import { setMode } from '../test-orgs'

/** What Microsoft Entra's SCIM validator and its provisioning service send, on a connection in Entra mode. */
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let rabbit: TestOrg
let counter = 0
let id = ''
let otherId = ''
beforeAll(async () => {
  rabbit = await makeTestOrg('White Rabbit')
  await setMode(rabbit.orgId, 'entra')
})
afterAll(shutdown)
beforeEach(async () => {
  id = await makeUser()
  otherId = await makeUser()
})

const body = (userName: string) => ({
  schemas: [USER, ENTERPRISE],
  externalId: `mail-${counter}`,
  userName,
  active: true,
  displayName: 'Alice Liddell',
  emails: [{ type: 'work', value: userName }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Alice Liddell', familyName: 'Liddell', givenName: 'Alice' },
  roles: [],
})

async function makeUser(): Promise<string> {
  counter += 1
  const { status, body: made } = await send(rabbit, 'POST', '/Users', body(`alice${counter}@whiterabbit.example`))
  expect(status).toBe(201)
  return String(made.id)
}

async function makeGroup(members: string[] = []): Promise<string> {
  counter += 1
  const { status, body: made } = await send(rabbit, 'POST', '/Groups', {
    schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId: `group-${counter}`,
    displayName: `Tea party ${counter}`,
    meta: { resourceType: 'Group' },
    members: members.map((value) => ({ value })),
  })
  expect(status).toBe(201)
  return String(made.id)
}

const patch = (kind: 'Users' | 'Groups', target: string, ...Operations: unknown[]) =>
  send(rabbit, 'PATCH', `/${kind}/${target}`, { schemas: [PATCH], Operations })
const membersOf = async (group: string): Promise<unknown[]> => {
  const { body: found } = await send(rabbit, 'GET', `/Groups/${group}`)
  return Array.isArray(found.members) ? found.members.map(({ value }) => value) : []
}
const filtered = (kind: 'Users' | 'Groups', filter: string) =>
  send(rabbit, 'GET', `/${kind}?filter=${encodeURIComponent(filter)}`)

describe('users', () => {
  it('an unknown user is 200 with no results, by userName and by externalId', async () => {
    for (const filter of ['userName eq "non-existent user"', 'externalId eq "nobody"']) {
      expect(await filtered('Users', filter)).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } })
    }
  })

  it('matches by userName without regard to case, and creates a duplicate as 409', async () => {
    const name = `alice${counter}@whiterabbit.example`
    expect((await filtered('Users', `userName eq "${name.toUpperCase()}"`)).body).toMatchObject({ totalResults: 1 })
    expect(await send(rabbit, 'POST', '/Users', body(name))).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    })
  })

  it('matches by the work e-mail, the name after the bracket', async () => {
    const name = `alice${counter}@whiterabbit.example`
    const filter = (type: string) => `emails[type eq "${type}"].value eq "${name}"`
    expect((await filtered('Users', filter('work'))).body).toMatchObject({
      totalResults: 1,
      Resources: [{ id: otherId }],
    })
    expect((await filtered('Users', filter('home'))).body).toMatchObject({ totalResults: 0, Resources: [] })
  })

  it.each<[string, unknown, boolean]>([
    ['the text "False"', 'False', false],
    ['the text "false"', 'false', false],
    ['a boolean', false, false],
    ['the text "True"', 'True', true],
  ])('active as %s', async (_, value, active) => {
    const answer = await patch('Users', id, { op: 'Replace', path: 'active', value })
    expect(answer).toMatchObject({ status: 200, body: { active } })
  })

  it('capital operations, dotted paths, value filters and URN paths in one PATCH', async () => {
    const answer = await patch(
      'Users',
      id,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@whiterabbit.example' },
      { op: 'Replace', path: 'name.familyName', value: 'Hargreaves' },
      { op: 'Add', path: 'title', value: 'Explorer' },
      { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Wonderland' },
      { op: 'Remove', path: 'displayName' },
    )
    expect(answer).toMatchObject({
      status: 200,
      body: {
        emails: [{ type: 'work', value: 'new@whiterabbit.example' }],
        name: { givenName: 'Alice', familyName: 'Hargreaves' },
        title: 'Explorer',
        [ENTERPRISE]: { department: 'Wonderland' },
      },
    })
  })

  it.each(['Add', 'Replace'])('%s on a value that is not there creates it', async (op) => {
    const answer = await patch(
      'Users',
      id,
      { op, path: 'phoneNumbers[type eq "mobile"].value', value: '555-0100' },
      { op, path: 'addresses[type eq "work"].locality', value: 'Oxford' },
    )
    expect(answer).toMatchObject({
      status: 200,
      body: {
        phoneNumbers: [{ type: 'mobile', value: '555-0100' }],
        addresses: [{ type: 'work', locality: 'Oxford' }],
      },
    })
  })

  it.each<[string, (manager: string) => unknown]>([
    ['bare text', (manager) => manager],
    ['an object', (manager) => ({ value: manager })],
  ])('the manager as %s, and taken away again', async (_, shape) => {
    const path = `${ENTERPRISE}:manager`
    const added = await patch('Users', id, { op: 'Add', path, value: shape(otherId) })
    expect(added).toMatchObject({ status: 200, body: { [ENTERPRISE]: { manager: { value: otherId } } } })
    const removed = await patch('Users', id, { op: 'Remove', path })
    expect(removed.status).toBe(200)
    expect(removed.body).not.toHaveProperty([ENTERPRISE, 'manager'])
  })

  it('a path-less value with dotted and URN keys', async () => {
    const value = { displayName: 'Alice H', 'name.givenName': 'Ali', [`${ENTERPRISE}:department`]: 'Garden' }
    expect(await patch('Users', id, { op: 'Replace', value })).toMatchObject({
      status: 200,
      body: { displayName: 'Alice H', name: { givenName: 'Ali' }, [ENTERPRISE]: { department: 'Garden' } },
    })
  })

  it('empty Operations change nothing, not even the version', async () => {
    const before = await send(rabbit, 'GET', `/Users/${id}`)
    const answer = await patch('Users', id)
    expect([200, 204]).toContain(answer.status)
    const after = await send(rabbit, 'GET', `/Users/${id}`)
    expect(after.body).toEqual(before.body)
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
  })

  it('DELETE answers 204, twice 404, and the userName is free', async () => {
    const name = `alice${counter}@whiterabbit.example`
    expect((await send(rabbit, 'DELETE', `/Users/${otherId}`)).status).toBe(204)
    expect((await send(rabbit, 'DELETE', `/Users/${otherId}`)).status).toBe(404)
    expect((await filtered('Users', `userName eq "${name}"`)).body).toMatchObject({ totalResults: 0 })
    expect((await send(rabbit, 'POST', '/Users', body(name))).status).toBe(201)
  })
})

describe('groups', () => {
  it('are found by displayName without regard to case, without members when asked so', async () => {
    const group = await makeGroup([id])
    const filter = encodeURIComponent(`displayName eq "TEA PARTY ${counter}"`)
    const found = await send(rabbit, 'GET', `/Groups?excludedAttributes=members&filter=${filter}`)
    expect(found).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: group }] } })
    expect(found.body).not.toHaveProperty('Resources.0.members')
    const one = await send(rabbit, 'GET', `/Groups/${group}?excludedAttributes=members`)
    expect(one.body).toMatchObject({ id: group, displayName: `Tea party ${counter}` })
    expect(one.body).not.toHaveProperty('members')
  })

  it('the same member added twice is in it once', async () => {
    const group = await makeGroup()
    const add = { op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }
    expect((await patch('Groups', group, add)).status).toBe(204)
    expect((await patch('Groups', group, add, add)).status).toBe(204)
    expect(await membersOf(group)).toEqual([id])
  })

  it.each<[string, (member: string) => unknown]>([
    ['a value array', (member) => ({ op: 'Remove', path: 'members', value: [{ $ref: null, value: member }] })],
    ['a value filter', (member) => ({ op: 'Remove', path: `members[value eq "${member}"]` })],
  ])('a member is removed with %s, and only that one', async (_, operation) => {
    const group = await makeGroup([id, otherId])
    expect((await patch('Groups', group, operation(id))).status).toBe(204)
    expect(await membersOf(group)).toEqual([otherId])
    expect((await patch('Groups', group, operation(id))).status).toBe(204)
    expect(await membersOf(group)).toEqual([otherId])
  })

  it('members by filter: which groups is this person in', async () => {
    const group = await makeGroup([id])
    expect((await filtered('Groups', `id eq "${group}" and members eq "${id}"`)).body).toMatchObject({
      totalResults: 1,
    })
    expect((await filtered('Groups', `id eq "${group}" and members eq "${otherId}"`)).body).toMatchObject({
      totalResults: 0,
    })
  })

  it('renamed with a path, and deleted', async () => {
    const group = await makeGroup([id])
    expect(
      (await patch('Groups', group, { op: 'Replace', path: 'displayName', value: `Caucus ${counter}` })).status,
    ).toBe(204)
    expect((await send(rabbit, 'GET', `/Users/${id}`)).body).toMatchObject({
      groups: [{ display: `Caucus ${counter}` }],
    })
    expect((await send(rabbit, 'DELETE', `/Groups/${group}`)).status).toBe(204)
    expect((await send(rabbit, 'GET', `/Groups/${group}`)).status).toBe(404)
  })
})
