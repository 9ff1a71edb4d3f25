import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { addPerson, runPersonAction, updatePerson } from '../okta/actions'
import { profileSchema } from '../okta/model'
import { type LiveOkta, startLiveOkta } from '../okta-live'
import { userNamed } from './app-view'

/** Okta's CRUD suite, in its order: what is done in Okta is seen in the app. */
let porter: TestOrg
let live: LiveOkta
let id: unknown
const LOGIN = 'crud.user@porter.example'

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  live = await startLiveOkta([porter])
})
afterAll(async () => {
  live.close()
  await shutdown()
})

const act = (action: Parameters<typeof runPersonAction>[3]) =>
  runPersonAction(live.store, live.okta(porter), LOGIN, action)

describe('Okta CRUD suite', () => {
  it('a new person in Okta is not in the app', async () => {
    addPerson(live.store, live.okta(porter), profileSchema.parse({ firstName: 'Crud', lastName: 'User', login: LOGIN }))
    expect(await userNamed(porter, LOGIN)).toBeUndefined()
  })

  it('assigning makes the person visible in the app', async () => {
    await act('assign')
    const user = await userNamed(porter, LOGIN)
    expect(user).toMatchObject({ userName: LOGIN, active: true, name: { givenName: 'Crud', familyName: 'User' } })
    id = user?.id
  })

  it('a new first name in Okta is visible in the app', async () => {
    await updatePerson(live.store, live.okta(porter), LOGIN, { firstName: 'Renamed' })
    expect(await userNamed(porter, LOGIN)).toMatchObject({ id, name: { givenName: 'Renamed', familyName: 'User' } })
  })

  it('deactivating in Okta sets active to false', async () => {
    await act('deactivate')
    expect(await userNamed(porter, LOGIN)).toMatchObject({ id, active: false })
  })

  it('reactivating in Okta sets active to true on the same id', async () => {
    await act('activate')
    expect(await userNamed(porter, LOGIN)).toMatchObject({ id, active: true, name: { givenName: 'Renamed' } })
  })

  it('unassigning sets active to false, and assigning again true on the same id', async () => {
    await act('unassign')
    expect(await userNamed(porter, LOGIN)).toMatchObject({ id, active: false })
    await act('assign')
    expect(await userNamed(porter, LOGIN)).toMatchObject({ id, active: true })
  })
})
