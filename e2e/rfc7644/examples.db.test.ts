import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { send } from '@/lib/scim-api/test/client'

/** The examples of RFC 7644 §3, in its order, with our own ids. */
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let porter: TestOrg
let barbara = ''
let etag = ''
let group = ''
beforeAll(async () => {
  porter = await makeTestOrg('Porter')
})
afterAll(shutdown)

const get = (path: string) => send(porter, 'GET', path)
const patchUser = (...Operations: unknown[]) =>
  send(porter, 'PATCH', `/Users/${barbara}`, { schemas: [PATCH], Operations })
const search = (filter: string, rest = '') => get(`/Users?filter=${encodeURIComponent(filter)}${rest}`)
const found = async (filter: string) => {
  const { status, body } = await search(filter)
  expect(body).toMatchObject({ schemas: [LIST] })
  expect(status).toBe(200)
  return Array.isArray(body.Resources) ? body.Resources.map(({ userName }) => userName) : []
}

describe('RFC 7644 §3', () => {
  it('§3.3 creates bjensen: 201, Location, ETag and meta that agree', async () => {
    const { status, body, headers } = await send(porter, 'POST', '/Users', {
      schemas: [USER],
      userName: 'bjensen',
      externalId: 'bjensen',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      schemas: expect.arrayContaining([USER]),
      id: expect.any(String),
      externalId: 'bjensen',
      userName: 'bjensen',
      meta: { resourceType: 'User', created: expect.any(String), lastModified: expect.any(String) },
    })
    barbara = String(body.id)
    etag = headers.get('etag') ?? ''
    expect(headers.get('location')).toMatch(new RegExp(`/Users/${barbara}$`))
    expect(body.meta).toMatchObject({ location: headers.get('location'), version: etag })
    expect(etag).toMatch(/^W\/"/)
  })

  it('§3.4.1 retrieves her by id, with and without If-None-Match', async () => {
    expect((await get(`/Users/${barbara}`)).body).toMatchObject({ userName: 'bjensen', name: { familyName: 'Jensen' } })
    const known = await send(porter, 'GET', `/Users/${barbara}`, undefined, { headers: { 'if-none-match': etag } })
    expect(known.status).toBe(304)
  })

  it('§3.4.2 lists with attributes=userName: schemas, id and the name only', async () => {
    await send(porter, 'POST', '/Users', { schemas: [USER], userName: 'jsmith', title: 'Guide', userType: 'Employee' })
    const { body } = await get('/Users?attributes=userName')
    expect(body).toMatchObject({ schemas: [LIST], totalResults: 2 })
    const [first] = Array.isArray(body.Resources) ? body.Resources : []
    expect(Object.keys(Object(first)).sort()).toEqual(['id', 'schemas', 'userName'])
  })

  it.each<[string, string[]]>([
    ['userName eq "bjensen"', ['bjensen']],
    ['name.familyName co "ense"', ['bjensen']],
    ['userName sw "J"', ['jsmith']],
    [`${USER}:userName sw "J"`, ['jsmith']],
    ['title pr', ['jsmith']],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', ['bjensen', 'jsmith']],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', ['bjensen', 'jsmith']],
    ['meta.lastModified lt "2011-05-13T04:42:34Z"', []],
    ['title pr and userType eq "Employee"', ['jsmith']],
    ['title pr or userType eq "Intern"', ['jsmith']],
    [`schemas eq "${USER}"`, ['bjensen', 'jsmith']],
    ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', []],
    ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', ['bjensen']],
    ['userType eq "Employee" and (emails.type eq "work")', []],
    ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', []],
    ['emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]', []],
  ])('§3.4.2.2 filter=%s', async (filter, names) => {
    expect((await found(filter)).sort()).toEqual(names)
  })

  it('§3.4.2.3 sorts, §3.4.2.4 pages', async () => {
    const sorted = await get('/Users?sortBy=userName&sortOrder=descending')
    expect(sorted.body).toMatchObject({ Resources: [{ userName: 'jsmith' }, { userName: 'bjensen' }] })
    expect((await get('/Users?startIndex=1&count=1')).body).toMatchObject({
      totalResults: 2,
      itemsPerPage: 1,
      startIndex: 1,
    })
    expect((await get('/Users?count=0')).body).toMatchObject({ totalResults: 2, itemsPerPage: 0 })
  })

  it('§3.4.3 searches by POST', async () => {
    const answer = await send(porter, 'POST', '/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      attributes: ['displayName', 'userName'],
      filter: 'userName sw "b"',
      startIndex: 1,
      count: 10,
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { schemas: [LIST], totalResults: 1, itemsPerPage: 1, startIndex: 1, Resources: [{ userName: 'bjensen' }] },
    })
    expect(answer.body).not.toHaveProperty('Resources.0.name')
  })

  it('§3.5.1 replaces her: what is left out is gone', async () => {
    const answer = await send(porter, 'PUT', `/Users/${barbara}`, {
      schemas: [USER],
      id: barbara,
      userName: 'bjensen',
      externalId: 'bjensen',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane' },
      roles: [],
      emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.org' }],
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { id: barbara, name: { middleName: 'Jane' }, emails: [{ value: 'bjensen@example.com' }, {}] },
    })
    expect(answer.headers.get('etag')).not.toBe(etag)
  })

  it('§3.5.2.1 adds attributes without a path, and values to a list once', async () => {
    const operation = { op: 'add', value: { emails: [{ value: 'babs@home.example', type: 'home' }], nickName: 'Babs' } }
    const added = await patchUser(operation)
    expect(added).toMatchObject({ status: 200, body: { nickName: 'Babs', emails: [{}, {}, { type: 'home' }] } })
    const again = await patchUser(operation)
    expect(again.headers.get('etag')).toBe(added.headers.get('etag'))
  })

  it('§3.5.2.1 adds a member to a group, §3.5.2.2 removes one and then all', async () => {
    const other = String(Object(Object((await search('userName eq "jsmith"')).body.Resources)[0]).id)
    const made = await send(porter, 'POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Tour Guides',
    })
    group = String(made.body.id)
    const change = async (...Operations: unknown[]) => {
      const answer = await send(porter, 'PATCH', `/Groups/${group}`, { schemas: [PATCH], Operations })
      expect(answer.status).toBe(204)
      const { body } = await get(`/Groups/${group}`)
      return Array.isArray(body.members) ? body.members.map(({ value }) => value).sort() : []
    }
    const value = [{ display: 'Babs Jensen', value: barbara }]
    expect(await change({ op: 'add', path: 'members', value })).toEqual([barbara])
    expect(await change({ op: 'add', path: 'members', value: [{ value: other }] })).toEqual([barbara, other].sort())
    expect(await change({ op: 'remove', path: `members[value eq "${other}"]` })).toEqual([barbara])
    expect(await change({ op: 'remove', path: 'members' })).toEqual([])
    const both = { op: 'add', path: 'members', value: [{ value: barbara }, { value: other }] }
    expect(await change({ op: 'remove', path: 'members' }, both)).toEqual([barbara, other].sort())
  })

  it('§3.5.2.3 replaces a whole list, one value in it, and attributes without a path', async () => {
    const emails = [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ]
    expect((await patchUser({ op: 'replace', value: { emails, nickName: 'Babsy' } })).body).toMatchObject({
      emails,
      nickName: 'Babsy',
    })
    const addresses = [{ type: 'work', streetAddress: '911 Universal City Plaza', country: 'US' }]
    await patchUser({ op: 'add', path: 'addresses', value: addresses })
    const one = await patchUser({
      op: 'replace',
      path: 'addresses[type eq "work"].streetAddress',
      value: '1010 Broadway Ave',
    })
    expect(one.body).toMatchObject({ addresses: [{ type: 'work', streetAddress: '1010 Broadway Ave', country: 'US' }] })
    const none = await patchUser({ op: 'replace', path: 'addresses[type eq "home"].streetAddress', value: 'nowhere' })
    expect(none).toMatchObject({ status: 400, body: { scimType: 'noTarget', status: '400' } })
  })

  it('§3.5.2.2 removes the values a filter chooses, §3.10 by a URN name of an extension', async () => {
    const left = await patchUser({ op: 'remove', path: 'emails[type eq "home"]' })
    expect(left.body).toMatchObject({ emails: [{ type: 'work' }] })
    const path = `${ENTERPRISE}:employeeNumber`
    const answer = await patchUser({ op: 'add', path, value: '701984' })
    expect(answer.body).toMatchObject({ [ENTERPRISE]: { employeeNumber: '701984' } })
    expect((await get(`/Users/${barbara}?attributes=${path}`)).body).toMatchObject({
      [ENTERPRISE]: { employeeNumber: '701984' },
    })
  })

  it('§3.6 deletes the group: 204, then 404, and a user of the same name may be made after a DELETE', async () => {
    expect((await send(porter, 'DELETE', `/Groups/${group}`)).status).toBe(204)
    expect((await get(`/Groups/${group}`)).status).toBe(404)
    expect((await send(porter, 'DELETE', `/Users/${barbara}`)).status).toBe(204)
    expect(await get(`/Users/${barbara}`)).toMatchObject({
      status: 404,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404' },
    })
    const again = await send(porter, 'POST', '/Users', { schemas: [USER], userName: 'bjensen' })
    expect(again.status).toBe(201)
    barbara = String(again.body.id)
  })

  it('§3.11 /Me is not implemented: 501', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {}
      expect(await send(porter, method, '/Me', body)).toMatchObject({ status: 501, body: { status: '501' } })
    }
  })

  it('§3.12 a mutability error has its scimType, status as text and a detail', async () => {
    expect(await patchUser({ op: 'replace', path: 'id', value: 'other' })).toMatchObject({
      status: 400,
      body: { scimType: 'mutability', status: '400', detail: expect.stringContaining('id') },
    })
  })

  it('§3.14 a stale If-Match is 412 and changes nothing', async () => {
    const { headers } = await get(`/Users/${barbara}`)
    const current = headers.get('etag') ?? ''
    const write = (value: string, tag: string) =>
      send(
        porter,
        'PATCH',
        `/Users/${barbara}`,
        { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value }] },
        { headers: { 'if-match': tag } },
      )
    expect((await write('First', current)).status).toBe(200)
    expect(await write('Second', current)).toMatchObject({ status: 412, body: { status: '412' } })
    expect((await get(`/Users/${barbara}`)).body).toMatchObject({ title: 'First' })
  })

  it('§4 the three discovery endpoints answer, and refuse a filter', async () => {
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
      expect((await get(path)).status).toBe(200)
    }
    expect((await get(`/Schemas/${USER}`)).body).toMatchObject({ id: USER, name: 'User' })
    expect((await get('/Schemas?filter=id%20pr')).status).toBe(403)
  })
})
