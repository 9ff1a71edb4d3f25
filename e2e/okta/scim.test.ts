import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bed, startBed } from './test-bed'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let bed: Bed
let john = ''
let counter = 0
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())
beforeEach(async () => {
  counter += 1
  john = `john${counter}.doe@porter.example`
  await bed.api('PUT', '/orgs/porter/settings', { mode: 'oin' })
  const { status } = await bed.api('POST', '/orgs/porter/people', { firstName: 'John', lastName: 'Doe', login: john })
  expect(status).toBe(201)
  bed.fake.seen.length = 0
})

const act = (action: string) => bed.api('POST', `/orgs/porter/people/${john}/${action}`)
const edit = (patch: unknown) => bed.api('PATCH', `/orgs/porter/people/${john}`, patch)
const sent = () => bed.fake.seen.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)
const activePatch = (active: boolean) => ({ schemas: [PATCH], Operations: [{ op: 'replace', value: { active } }] })

async function assigned(): Promise<string> {
  const { body } = await act('assign')
  bed.fake.seen.length = 0
  expect(body).toMatchObject({ person: { assigned: true, appUserId: expect.any(String) } })
  const { person } = body as { person: { appUserId: string } }
  return person.appUserId
}

describe('what Okta sends', () => {
  it('sends nothing when a person is added', () => {
    expect(sent()).toEqual([])
  })

  it('tests credentials with a page of two, as the Okta SCIM client', async () => {
    const { status, body } = await bed.api('POST', '/orgs/porter/test-credentials')
    expect(status).toBe(200)
    expect(body).toMatchObject({ person: null, requests: [{ method: 'GET', status: 200 }] })
    expect(sent()).toEqual(['GET /scim/v2/porter/Users?startIndex=1&count=2'])
    expect(bed.fake.seen[0]?.headers).toMatchObject({
      accept: 'application/scim+json',
      authorization: 'Bearer rollcall_porterSecret',
      'user-agent': 'Okta SCIM Client 1.0.0',
    })
  })

  it('assigns somebody new with a look-up, then a POST', async () => {
    await edit({ title: 'Driver', department: 'Road', roles: ['manager'] })
    const { body } = await act('assign')
    expect(sent()).toEqual([
      `GET /scim/v2/porter/Users?filter=userName eq "${john}"&startIndex=1&count=100`,
      'POST /scim/v2/porter/Users',
    ])
    const post = bed.fake.seen[1]
    expect(post?.headers['content-type']).toBe('application/scim+json; charset=utf-8')
    const { person } = body as { person: { id: string } }
    expect(person.id).toMatch(/^00u[0-9A-Za-z]{17}$/)
    expect(post?.body).toEqual({
      schemas: [USER, ENTERPRISE],
      userName: john,
      name: { givenName: 'John', familyName: 'Doe' },
      emails: [{ primary: true, value: john, type: 'work' }],
      displayName: 'John Doe',
      locale: 'en-US',
      externalId: person.id,
      groups: [],
      password: expect.stringMatching(/^.{12,}$/),
      active: true,
      title: 'Driver',
      roles: [{ value: 'manager', display: 'Manager', type: 'rollcall', primary: true }],
      [ENTERPRISE]: { department: 'Road' },
    })
  })

  it('assigns somebody the app already has with a look-up, then a PUT over the same id', async () => {
    bed.fake.answerNext(
      { status: 200, body: { totalResults: 1, Resources: [{ id: 'kept', userName: john, active: false }] } },
      { status: 200, body: { id: 'kept' } },
    )
    const { body } = await act('assign')
    expect(sent().at(-1)).toBe('PUT /scim/v2/porter/Users/kept')
    expect(bed.fake.seen[1]?.body).toMatchObject({ id: 'kept', active: true, userName: john })
    expect(bed.fake.seen[1]?.body).not.toHaveProperty('password')
    expect(body).toMatchObject({ person: { appUserId: 'kept' } })
  })

  it('pushes a profile with GET, then a PUT that keeps what Okta does not map and clears what was emptied', async () => {
    await edit({ title: 'Driver', department: 'Road' })
    const id = await assigned()
    bed.fake.answerNext({
      status: 200,
      body: {
        schemas: [USER, ENTERPRISE],
        id,
        userName: john,
        name: { givenName: 'John', familyName: 'Doe', middleName: 'Q', formatted: 'John Doe' },
        nickName: 'JD',
        title: 'Driver',
        [ENTERPRISE]: { department: 'Road', costCenter: '42' },
      },
    })
    await edit({ lastName: 'Roe', title: '', department: '', roles: ['manager'] })
    expect(sent()).toEqual([`GET /scim/v2/porter/Users/${id}`, `PUT /scim/v2/porter/Users/${id}`])
    const put = bed.fake.seen[1]?.body
    expect(put).toMatchObject({
      id,
      name: { givenName: 'John', familyName: 'Roe', middleName: 'Q', formatted: 'John Roe' },
      nickName: 'JD',
      displayName: 'John Roe',
      active: true,
      roles: [{ value: 'manager', display: 'Manager', type: 'rollcall', primary: true }],
      [ENTERPRISE]: { costCenter: '42' },
    })
    expect(put).not.toHaveProperty('title')
    expect(put).not.toHaveProperty('password')
    expect(put).not.toHaveProperty([ENTERPRISE, 'department'])
  })

  it('sends roles as an empty list once the role is taken away', async () => {
    await edit({ roles: ['manager'] })
    await assigned()
    await edit({ roles: [] })
    expect(bed.fake.seen[1]?.body).toMatchObject({ roles: [] })
  })

  it.each(['deactivate', 'unassign'])('%s sends PATCH active false without a path', async (action) => {
    const id = await assigned()
    await act(action)
    expect(sent()).toEqual([`PATCH /scim/v2/porter/Users/${id}`])
    expect(bed.fake.seen[0]?.body).toEqual(activePatch(false))
  })

  it.each([
    ['deactivate', 'activate'],
    ['unassign', 'assign'],
  ])('after %s, %s sends PATCH active true, then PUT, on the same id', async (leave, comeBack) => {
    const id = await assigned()
    await act(leave)
    bed.fake.seen.length = 0
    const { body } = await act(comeBack)
    expect(sent()).toEqual([`PATCH /scim/v2/porter/Users/${id}`, `PUT /scim/v2/porter/Users/${id}`])
    expect(bed.fake.seen[0]?.body).toEqual(activePatch(true))
    expect(bed.fake.seen[1]?.body).toMatchObject({ id, active: true, userName: john })
    expect(body).toMatchObject({ person: { status: 'active', assigned: true, appUserId: id } })
  })

  it.each([
    ['deactivate', false],
    ['activate', true],
  ])('an App Integration Wizard app: %s sends GET, then PUT with active %s', async (action, active) => {
    const id = await assigned()
    await bed.api('PUT', '/orgs/porter/settings', { mode: 'aiw' })
    if (action === 'activate') await act('deactivate')
    bed.fake.seen.length = 0
    await act(action)
    expect(sent()).toEqual([`GET /scim/v2/porter/Users/${id}`, `PUT /scim/v2/porter/Users/${id}`])
    expect(bed.fake.seen[1]?.body).toMatchObject({ active, userName: john })
  })

  it('suspends and unsuspends without a word to the app', async () => {
    await assigned()
    expect((await act('suspend')).body).toMatchObject({ person: { status: 'suspended' }, requests: [] })
    expect((await act('unsuspend')).body).toMatchObject({ person: { status: 'active' }, requests: [] })
    expect(sent()).toEqual([])
  })

  it('sends nothing for people who are not assigned, or deactivated', async () => {
    await edit({ title: 'Guest' })
    await act('deactivate')
    await act('activate')
    await assigned()
    await act('deactivate')
    bed.fake.seen.length = 0
    await edit({ title: 'Gone' })
    expect(sent()).toEqual([])
  })

  it('looks up by the old userName when an unknown person is renamed', async () => {
    bed.fake.answerNext({ status: 503 })
    await act('assign')
    bed.fake.seen.length = 0
    await edit({ login: `renamed.${john}` })
    expect(sent()[0]).toContain(`userName eq "${john}"`)
    expect(sent().at(-1)).toBe('POST /scim/v2/porter/Users')
  })
})

describe('when the app refuses', () => {
  it('keeps the app detail as an Okta task, which the same action retries', async () => {
    bed.fake.answerNext(
      { status: 200, body: { totalResults: 0, Resources: [] } },
      { status: 409, body: { detail: 'userName is taken. (evt_1)', status: '409' } },
    )
    const { status, body } = await act('assign')
    const message = 'Automatic provisioning of user John Doe to app Rollcall failed: userName is taken. (evt_1)'
    expect(status).toBe(200)
    expect(body).toMatchObject({ error: message, person: { assigned: true, task: { action: 'assign', message } } })
    const again = await act('assign')
    expect(again.body).toMatchObject({ person: { appUserId: expect.any(String) } })
    expect(again.body).not.toHaveProperty('person.task')
  })

  it('forgets an id that answers 404 and looks the userName up next time', async () => {
    await assigned()
    bed.fake.answerNext({ status: 404, body: { detail: 'There is no such user.' } })
    expect((await act('deactivate')).body).toMatchObject({ error: expect.stringContaining('There is no such user.') })
    bed.fake.seen.length = 0
    await act('activate')
    expect(sent()[0]).toContain('filter=userName eq')
  })

  it('says so when nobody answers, and keeps the state of Okta', async () => {
    await assigned()
    await bed.api('PUT', '/orgs/porter/settings', { scim: 'http://127.0.0.1:1/scim/v2/porter' })
    const { body } = await act('deactivate')
    await bed.api('PUT', '/orgs/porter/settings', { scim: bed.config.orgs[0]?.scim })
    expect(body).toMatchObject({
      person: { status: 'deactivated' },
      requests: [{ status: 0, error: expect.any(String) }],
      error: expect.stringContaining('no answer from http://127.0.0.1:1/'),
    })
  })
})
