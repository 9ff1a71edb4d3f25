import { eq } from 'drizzle-orm'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { orgs } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { send } from '@/lib/scim-api/test/client'
import { addPerson, deletePerson, runPersonAction, updatePerson } from './okta/actions'
import { armFault } from './okta/faults'
import { addGroup, pushNow } from './okta/group-actions'
import { setMember } from './okta/group-assignment'
import { profileSchema } from './okta/model'
import { updateSettings } from './okta/store'
import { openTasks, retryTasks } from './okta/tasks'
import { differences } from './okta-drift'
import { type LiveOkta, startLiveOkta } from './okta-live'
import { setMode } from './test-orgs'

let live: LiveOkta | undefined
afterEach(() => live?.close())
afterAll(shutdown)

/** A company whose Okta has John and Jane, none of them assigned. */
async function begin(rest: Parameters<typeof makeTestOrg>[1] = {}) {
  const org = await makeTestOrg('Porter', rest)
  live = await startLiveOkta([org])
  const { store } = live
  const okta = live.okta(org)
  const add = (firstName: string) => {
    const login = `${firstName.toLowerCase()}@${org.domain}`
    return addPerson(store, okta, profileSchema.parse({ firstName, lastName: 'Doe', login }))
  }
  return { org, store, okta, john: add('John'), jane: add('Jane') }
}

describe('the stand-in against the app', () => {
  it('an answer lost after the create leaves one user, linked on the next try', async () => {
    const { org, store, okta, john } = await begin()
    updateSettings(okta, { timeScale: 100_000 })
    armFault(okta, { kind: 'lost-answer', sticky: false, ms: 0 })
    const { requests, error } = await runPersonAction(store, okta, john.id, 'assign')
    expect(error).toBeUndefined()
    expect(requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'POST 0',
      'GET 200',
      'PUT 200',
    ])
    expect((await send(org, 'GET', '/Users')).body).toMatchObject({ totalResults: 1 })
    expect(await differences(okta, org)).toEqual([])
  })

  it('a brake’s 429 is waited for as long as it says; released and retried, the leaver is out', async () => {
    const { org, store, okta, john, jane } = await begin({ brakeUsers: 1, brakeMinutes: 5 })
    await runPersonAction(store, okta, john.id, 'assign')
    await runPersonAction(store, okta, jane.id, 'assign')
    expect((await runPersonAction(store, okta, john.id, 'deactivate')).error).toBeUndefined()
    expect(await runPersonAction(store, okta, jane.id, 'deactivate')).toMatchObject({ waiting: true })
    const [task] = openTasks(okta)
    const told = Number(okta.state.log[0]?.responseHeaders['retry-after'])
    expect(told).toBeGreaterThan(10)
    expect(Math.abs(Date.parse(task?.until ?? '') - Date.now() - told * 1000)).toBeLessThan(10_000)
    await withOrg(org.orgId, (tx) => tx.update(orgs).set({ brakeUsers: null }).where(eq(orgs.orgId, org.orgId)))
    await retryTasks(store, okta, [jane.id])
    await vi.waitFor(() => expect(openTasks(okta)).toEqual([]), { timeout: 10_000 })
    await vi.waitFor(async () => expect(await differences(okta, org)).toEqual([]), { timeout: 10_000 })
  })

  it('an Entra-shaped sender brings the app to what it has, and deletes for good', async () => {
    const { org, store, okta, john, jane } = await begin()
    await setMode(org.orgId, 'entra')
    updateSettings(okta, { sender: 'entra' })
    const done = async (work: Promise<{ error?: string }>) => expect((await work).error).toBeUndefined()
    for (const { id } of [john, jane]) await done(runPersonAction(store, okta, id, 'assign'))
    await done(
      updatePerson(store, okta, john.id, { lastName: 'Roe', title: 'Lead', department: 'Road', roles: ['manager'] }),
    )
    const { id } = addGroup(store, okta, 'Drivers')
    await done(setMember(store, okta, id, john.id, true))
    await done(pushNow(store, okta, id))
    await done(setMember(store, okta, id, jane.id, true))
    await done(setMember(store, okta, id, john.id, false))
    await done(runPersonAction(store, okta, john.id, 'suspend'))
    await done(runPersonAction(store, okta, john.id, 'unsuspend'))
    await done(updatePerson(store, okta, john.id, { title: '', roles: [] }))
    expect(await differences(okta, org)).toEqual([])
    await done(runPersonAction(store, okta, jane.id, 'deactivate'))
    expect(await differences(okta, org)).toEqual([])
    const gone = jane.appUserId
    await done(deletePerson(store, okta, jane.id))
    expect((await send(org, 'GET', `/Users/${gone}`)).status).toBe(404)
  })
})
