import { afterAll, beforeAll } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { addPerson, type Outcome, runPersonAction, updatePerson } from '../okta/actions'
import { type PersonAction, type Profile, type ProfilePatch, profileSchema } from '../okta/model'
import type { Org, Store } from '../okta/store'
import { type LiveOkta, startLiveOkta } from '../okta-live'

type Bed = {
  org: TestOrg
  store: Store
  okta: Org
  /** A new person in Okta, not assigned; returns the login. */
  add: (profile?: Partial<Profile>) => string
  act: (login: string, ...actions: PersonAction[]) => Promise<Outcome>
  edit: (login: string, patch: ProfilePatch) => Promise<Outcome>
}

let counter = 0

/** One company with its Okta for the tests of a file. */
export function oinBed(): () => Bed {
  let org: TestOrg
  let live: LiveOkta
  beforeAll(async () => {
    org = await makeTestOrg('Porter')
    live = await startLiveOkta([org])
  })
  afterAll(async () => {
    live.close()
    await shutdown()
  })
  return () => {
    const { store } = live
    const okta = live.okta(org)
    return {
      org,
      store,
      okta,
      add: (profile = {}) => {
        counter += 1
        const login = `person${counter}@porter.example`
        return addPerson(store, okta, profileSchema.parse({ firstName: 'John', lastName: 'Doe', login, ...profile }))
          .login
      },
      act: async (login, ...actions) => {
        let last: Outcome = { person: null, requests: [] }
        for (const action of actions) last = await runPersonAction(store, okta, login, action)
        return last
      },
      edit: (login, patch) => updatePerson(store, okta, login, patch),
    }
  }
}
