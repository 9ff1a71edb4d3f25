import * as entra from './entra'
import { ProvisioningError } from './errors'
import { createdId, known, lookUp, type Provisioning, userPath } from './run'
import { activePatch, asObject, mergedUser, newUser, wholeUser } from './scim-user'

const isEntra = ({ org }: Provisioning): boolean => org.state.settings.sender === 'entra'

/** Assign: look the userName up; POST when the app has nobody, PUT over whom it has. */
export async function provision(run: Provisioning): Promise<void> {
  if (isEntra(run)) return entra.provision(run)
  const { person } = run
  const id = await lookUpUser(run, person.login)
  if (id) {
    person.appUserId = id
    await run.call({ method: 'PUT', path: userPath(id), body: wholeUser(person, id) })
    return
  }
  const created = await run.call({ method: 'POST', path: '/Users', body: newUser(person) })
  person.appUserId = createdId(created)
}

/** Profile push: GET, then PUT. `knownAs` is the userName the app still has when the login was edited. */
export async function pushProfile(run: Provisioning, knownAs: string): Promise<void> {
  if (isEntra(run)) return entra.pushProfile(run)
  run.person.appUserId ??= await lookUpUser(run, knownAs)
  if (!run.person.appUserId) return provision(run)
  await readAndPut(run, run.person.appUserId, true)
}

/** Coming back: active first, then the profile as it is now. */
export async function reactivate(run: Provisioning): Promise<void> {
  const id = run.person.appUserId
  if (!id) return provision(run)
  if (isEntra(run)) return entra.pushProfile(run)
  if (run.org.state.settings.mode === 'aiw') return readAndPut(run, id, true)
  await known(run, { method: 'PATCH', path: userPath(id), body: activePatch(true) })
  await known(run, { method: 'PUT', path: userPath(id), body: wholeUser(run.person, id) })
}

/** Leaving: never a DELETE, only active=false. */
export async function deprovision(run: Provisioning): Promise<void> {
  if (isEntra(run)) return entra.disable(run)
  run.person.appUserId ??= await lookUpUser(run, run.person.login)
  const id = run.person.appUserId
  if (!id) return
  if (run.org.state.settings.mode === 'aiw') return readAndPut(run, id, false)
  await known(run, { method: 'PATCH', path: userPath(id), body: activePatch(false) })
}

async function readAndPut(run: Provisioning, id: string, active: boolean): Promise<void> {
  const { responseBody } = await known(run, { method: 'GET', path: userPath(id) })
  const got = asObject(responseBody)
  if (!got) throw new ProvisioningError('the app answered the read with something that is not a SCIM user.')
  await known(run, { method: 'PUT', path: userPath(id), body: mergedUser(got, run.person, active) })
}

const lookUpUser = (run: Provisioning, userName: string) =>
  lookUp(run, '/Users', `userName eq ${JSON.stringify(userName)}`)
