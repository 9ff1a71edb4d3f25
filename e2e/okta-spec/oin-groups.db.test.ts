import { describe, expect, it } from 'vitest'
import { send } from '@/lib/scim-api/test/client'
import { addGroup, changeGroupName, pausePush, pushNow, unlinkGroup } from '../okta/group-actions'
import { setMember } from '../okta/group-assignment'
import { groupNamed, memberIds, sentOf, userNamed } from './app-view'
import { oinBed } from './oin-bed'

/** The group cases C9312–C9333 and C9338 of Okta's OIN test plan, by what they ask; the ids are Okta's. */
const bed = oinBed()
let counter = 0

/** A group in Okta with new, assigned people in it. */
async function groupWith(people: number) {
  const { store, okta, add, act } = bed()
  counter += 1
  const group = addGroup(store, okta, `Team ${counter}`)
  const logins: string[] = []
  const ids: string[] = []
  for (let each = 0; each < people; each += 1) {
    const login = add()
    const { person } = await act(login, 'assign')
    await setMember(store, okta, group.id, login, true)
    logins.push(login)
    ids.push(String(person?.appUserId))
  }
  return { group, logins, ids: ids.sort() }
}

describe('push (C9312–C9333)', () => {
  it('create: a pushed group appears with its members, and on each of them', async () => {
    const { org, store, okta } = bed()
    const { group, logins, ids } = await groupWith(2)
    const { requests, error } = await pushNow(store, okta, group.id)
    expect(error).toBeUndefined()
    expect(sentOf(requests)).toEqual(['GET Groups 200', 'POST Groups 201', 'PATCH Groups 204'])
    expect(memberIds(await groupNamed(org, group.name))).toEqual(ids)
    for (const login of logins) expect(await userNamed(org, login)).toMatchObject({ groups: [{ display: group.name }] })
  })

  it('empty group: created without members', async () => {
    const { org, store, okta } = bed()
    const { group } = await groupWith(0)
    expect(sentOf((await pushNow(store, okta, group.id)).requests)).toEqual(['GET Groups 200', 'POST Groups 201'])
    expect(memberIds(await groupNamed(org, group.name))).toEqual([])
  })

  it('link: a group of that name is taken over, its members become those of Okta', async () => {
    const { org, store, okta } = bed()
    const { group, ids } = await groupWith(1)
    const other = await groupWith(1)
    const made = await send(org, 'POST', '/Groups', {
      displayName: group.name,
      members: [{ value: other.ids[0] }],
    })
    expect(sentOf((await pushNow(store, okta, group.id)).requests)).toEqual(['GET Groups 200', 'PATCH Groups 204'])
    const linked = await groupNamed(org, group.name)
    expect(linked?.id).toBe(made.body.id)
    expect(memberIds(linked)).toEqual(ids)
  })

  it('rename: the same group has the new name, on its members too; renaming another way leaves the app alone', async () => {
    const { org, store, okta } = bed()
    const { group, logins } = await groupWith(1)
    await pushNow(store, okta, group.id)
    const before = await groupNamed(org, group.name)
    const old = group.name
    await changeGroupName(store, okta, group.id, `${old} renamed`)
    expect(await groupNamed(org, old)).toBeUndefined()
    expect(await groupNamed(org, group.name)).toMatchObject({ id: before?.id })
    expect(await userNamed(org, logins[0] ?? '')).toMatchObject({ groups: [{ display: `${old} renamed` }] })
    await pausePush(store, okta, group.id)
    expect((await changeGroupName(store, okta, group.id, `${old} again`)).requests).toEqual([])
    expect(await groupNamed(org, `${old} renamed`)).toMatchObject({ id: before?.id })
  })

  it('push now: what was changed in the app comes back to what Okta has', async () => {
    const { org, store, okta } = bed()
    const { group, ids } = await groupWith(2)
    await pushNow(store, okta, group.id)
    const there = await groupNamed(org, group.name)
    await send(org, 'PATCH', `/Groups/${there?.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'remove', path: `members[value eq "${ids[0]}"]` }],
    })
    expect(memberIds(await groupNamed(org, group.name))).toHaveLength(1)
    await pushNow(store, okta, group.id)
    expect(memberIds(await groupNamed(org, group.name))).toEqual(ids)
  })

  it('unlink, delete: the group is gone and its people remain', async () => {
    const { org, store, okta } = bed()
    const { group, logins } = await groupWith(1)
    await pushNow(store, okta, group.id)
    expect(sentOf((await unlinkGroup(store, okta, group.id, 'delete')).requests)).toEqual(['DELETE Groups 204'])
    expect(await groupNamed(org, group.name)).toBeUndefined()
    const user = await userNamed(org, logins[0] ?? '')
    expect(user).toMatchObject({ active: true })
    expect(user?.groups ?? []).toEqual([])
  })

  it('unlink, leave: the group stays as it was, and a new push links it again', async () => {
    const { org, store, okta } = bed()
    const { group, ids } = await groupWith(1)
    await pushNow(store, okta, group.id)
    const before = await groupNamed(org, group.name)
    expect((await unlinkGroup(store, okta, group.id, 'keep')).requests).toEqual([])
    expect(await groupNamed(org, group.name)).toEqual(before)
    await pushNow(store, okta, group.id)
    expect(await groupNamed(org, group.name)).toMatchObject({ id: before?.id })
    expect(memberIds(await groupNamed(org, group.name))).toEqual(ids)
  })

  it('deactivate and activate the push: nothing, then everything', async () => {
    const { org, store, okta } = bed()
    const { group, logins, ids } = await groupWith(2)
    await pushNow(store, okta, group.id)
    await pausePush(store, okta, group.id)
    expect((await setMember(store, okta, group.id, logins[0] ?? '', false)).requests).toEqual([])
    expect(memberIds(await groupNamed(org, group.name))).toEqual(ids)
    await pushNow(store, okta, group.id)
    expect(memberIds(await groupNamed(org, group.name))).toHaveLength(1)
  })

  it('add and remove: one PATCH each, and the others stay', async () => {
    const { org, store, okta, add, act } = bed()
    const { group, logins, ids } = await groupWith(2)
    await pushNow(store, okta, group.id)
    const login = add()
    const { person } = await act(login, 'assign')
    expect(sentOf((await setMember(store, okta, group.id, login, true)).requests)).toEqual(['PATCH Groups 204'])
    expect(memberIds(await groupNamed(org, group.name))).toEqual([...ids, String(person?.appUserId)].sort())
    expect(sentOf((await setMember(store, okta, group.id, logins[0] ?? '', false)).requests)).toEqual([
      'PATCH Groups 204',
    ])
    expect(memberIds(await groupNamed(org, group.name))).toHaveLength(2)
  })

  it('a deactivated member stays in the group as inactive, and is the same member when back', async () => {
    const { org, store, okta, act } = bed()
    const { group, logins, ids } = await groupWith(1)
    await pushNow(store, okta, group.id)
    await act(logins[0] ?? '', 'deactivate')
    await act(logins[0] ?? '', 'activate')
    expect(memberIds(await groupNamed(org, group.name))).toEqual(ids)
    expect(await userNamed(org, logins[0] ?? '')).toMatchObject({ active: true, groups: [{ display: group.name }] })
  })
})

describe('import (C9338)', () => {
  it('groups page with count and startIndex, each once, members by id', async () => {
    const { org } = bed()
    const total = Number((await send(org, 'GET', '/Groups?count=0')).body.totalResults)
    const seen: string[] = []
    for (let start = 1; start <= total; start += 2) {
      const { body } = await send(org, 'GET', `/Groups?startIndex=${start}&count=2`)
      expect(body).toMatchObject({ totalResults: total, startIndex: start })
      if (Array.isArray(body.Resources)) seen.push(...body.Resources.map(({ id }) => String(id)))
    }
    expect(seen).toHaveLength(total)
    expect(new Set(seen).size).toBe(total)
  })
})
