import { describe, expect, it } from 'vitest'
import { mintToken } from '@/lib/orgs/tokens'
import { oktaUser, send } from '@/lib/scim-api/test/client'
import { testCredentials } from '../okta/actions'
import { updateSettings } from '../okta/store'
import { sentOf, userNamed } from './app-view'
import { oinBed } from './oin-bed'

/** The applicable people cases of Okta's OIN test plan; the ids are Okta's. */
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const bed = oinBed()
const all = { title: 'Driver', department: 'Road', roles: ['manager' as const] }

describe('create', () => {
  it('C9290 C9307 an assigned person is created', async () => {
    const { org, add, act } = bed()
    const login = add()
    const { person, requests } = await act(login, 'assign')
    expect(sentOf(requests)).toEqual(['GET Users 200', 'POST Users 201'])
    expect(await userNamed(org, login)).toMatchObject({ id: person?.appUserId, externalId: person?.id, active: true })
  })

  it('C9334 every mapped attribute arrives', async () => {
    const { org, add, act } = bed()
    const login = add({ firstName: 'Zoë', lastName: "O'Neill-Ŝmith", ...all })
    const { person } = await act(login, 'assign')
    expect(await userNamed(org, login)).toMatchObject({
      userName: login,
      externalId: person?.id,
      name: { givenName: 'Zoë', familyName: "O'Neill-Ŝmith" },
      displayName: "Zoë O'Neill-Ŝmith",
      emails: [{ value: login, type: 'work', primary: true }],
      locale: 'en-US',
      title: 'Driver',
      roles: [{ value: 'manager' }],
      [ENTERPRISE]: { department: 'Road' },
    })
  })

  it('C9335 C9336 a person the app already has is linked, on the same id', async () => {
    const { org, add, act } = bed()
    const login = add()
    const { externalId: _unlinked, ...before } = oktaUser(login)
    const made = await send(org, 'POST', '/Users', before)
    expect(made.status).toBe(201)
    const { person, requests } = await act(login, 'assign')
    expect(sentOf(requests)).toEqual(['GET Users 200', 'PUT Users 200'])
    expect(person?.appUserId).toBe(made.body.id)
    expect(await userNamed(org, login)).toMatchObject({ id: made.body.id, externalId: person?.id })
  })
})

describe('coming back', () => {
  it.each(['oin', 'aiw'] as const)('C9293 (%s) reactivation: same id and same attributes', async (mode) => {
    const { org, okta, add, act } = bed()
    updateSettings(okta, { mode })
    const login = add(all)
    await act(login, 'assign')
    const before = await userNamed(org, login)
    await act(login, 'deactivate')
    expect(await userNamed(org, login)).toMatchObject({ id: before?.id, active: false })
    await act(login, 'activate')
    updateSettings(okta, { mode: 'oin' })
    const { meta: _then, ...was } = before ?? {}
    expect(await userNamed(org, login)).toMatchObject(was)
  })

  it('C9295 C9300 suspending and unsuspending send nothing and change nothing', async () => {
    const { org, add, act } = bed()
    const login = add()
    await act(login, 'assign')
    const before = await userNamed(org, login)
    expect((await act(login, 'suspend')).requests).toEqual([])
    expect((await act(login, 'unsuspend')).requests).toEqual([])
    expect(await userNamed(org, login)).toEqual(before)
  })
})

describe('update', () => {
  it('C9291 C9309 C9310 a changed profile is pushed, one attribute or many, userName included', async () => {
    const { org, add, act, edit } = bed()
    const login = add()
    const { person } = await act(login, 'assign')
    expect(sentOf((await edit(login, { lastName: 'Roe' })).requests)).toEqual(['GET Users 200', 'PUT Users 200'])
    expect(await userNamed(org, login)).toMatchObject({ name: { givenName: 'John', familyName: 'Roe' } })
    const renamed = `renamed.${login}`
    await edit(login, { ...all, login: renamed })
    expect(await userNamed(org, login)).toBeUndefined()
    expect(await userNamed(org, renamed)).toMatchObject({
      id: person?.appUserId,
      emails: [{ value: renamed }],
      title: 'Driver',
      [ENTERPRISE]: { department: 'Road' },
    })
  })

  it('C9337 emptied values are pushed: the attributes are gone, and so is the role', async () => {
    const { org, add, act, edit } = bed()
    const login = add(all)
    await act(login, 'assign')
    await edit(login, { title: '', department: '', roles: [] })
    const user = await userNamed(org, login)
    expect(user).toBeDefined()
    expect(user).not.toHaveProperty('title')
    expect(user).not.toHaveProperty([ENTERPRISE, 'department'])
    expect(user?.roles ?? []).toEqual([])
  })

  it('C9337 an attribute sent as an empty string is unset', async () => {
    const { org } = bed()
    const made = await send(org, 'POST', '/Users', oktaUser('empty@porter.example', { title: 'Driver' }))
    const put = await send(org, 'PUT', `/Users/${made.body.id}`, { ...made.body, title: '' })
    expect(put.status).toBe(200)
    expect(put.body).not.toHaveProperty('title')
  })
})

describe('deprovision', () => {
  it.each([
    ['C9292 C9294', 'deactivate'],
    ['C9311', 'unassign'],
  ] as const)('%s %s ends in active false, the row kept', async (_, action) => {
    const { org, add, act } = bed()
    const login = add(all)
    await act(login, 'assign')
    expect(sentOf((await act(login, action)).requests)).toEqual(['PATCH Users 200'])
    expect(await userNamed(org, login)).toMatchObject({ active: false, title: 'Driver' })
  })
})

describe('import', () => {
  it('C9303 C9304 every page together names each person once', async () => {
    const { org, add, act } = bed()
    for (let each = 0; each < 5; each += 1) await act(add(), 'assign')
    const seen: string[] = []
    for (let start = 1; ; start += 3) {
      const { body } = await send(org, 'GET', `/Users?startIndex=${start}&count=3`)
      const page = Array.isArray(body.Resources) ? body.Resources : []
      seen.push(...page.map(({ id }) => String(id)))
      if (seen.length >= Number(body.totalResults) || page.length === 0) break
    }
    const { body } = await send(org, 'GET', '/Users?count=0')
    expect(seen).toHaveLength(Number(body.totalResults))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('C9305 deactivated people are listed as inactive, so that Okta imports the active ones only', async () => {
    const { org, add, act } = bed()
    const login = add()
    await act(login, 'assign', 'deactivate')
    const active = await send(org, 'GET', `/Users?filter=${encodeURIComponent('active eq true')}&count=200`)
    const names = Array.isArray(active.body.Resources) ? active.body.Resources.map(({ userName }) => userName) : []
    expect(names.length).toBeGreaterThan(0)
    expect(names).not.toContain(login)
    expect(await userNamed(org, login)).toMatchObject({ active: false })
  })
})

describe('credentials and switches', () => {
  it('C9340 wrong credentials are an error, C9341 a new token works at once', async () => {
    const { org, store, okta } = bed()
    expect(await testCredentials(store, okta)).not.toHaveProperty('error')
    updateSettings(okta, { scimToken: 'rollcall_wrong' })
    expect(await testCredentials(store, okta)).toMatchObject({
      error: expect.stringMatching(/^Error authenticating: .+/),
    })
    const { token } = await mintToken(org.orgId, { createdBy: 'test', expiresAt: new Date(Date.now() + 3_600_000) })
    updateSettings(okta, { scimToken: token })
    const { error, requests } = await testCredentials(store, okta)
    expect(error).toBeUndefined()
    expect(sentOf(requests)).toEqual(['GET Users 200'])
    updateSettings(okta, { scimToken: org.token })
  })

  it('C9339 nothing is sent for people without the app', async () => {
    const { org, add, act, edit } = bed()
    const login = add()
    const runs = [await edit(login, all), await act(login, 'deactivate'), await act(login, 'activate')]
    expect(runs.flatMap(({ requests }) => requests)).toEqual([])
    expect(await userNamed(org, login)).toBeUndefined()
  })
})
