import 'server-only'
import type { DemoCompany } from './companies'
import { type OktaPerson, oktaOf } from './okta'
import { type ScimPerson, scimPeople, scimRequest, setActive } from './scim'

/**
 * A company as it was before the story: the stand-in's people and groups back to the seed, and Rollcall told over SCIM, as
 * any Okta would tell it, of whoever differs. Who is only known to Rollcall goes; who was deactivated comes back.
 */
export async function resetCompany(company: DemoCompany): Promise<void> {
  const okta = oktaOf(company.slug)
  await okta.reset()
  const [wanted, there] = await Promise.all([okta.people(), scimPeople(company)])
  await Promise.all(there.map((person) => mend(company, person, wanted)))
}

async function mend(company: DemoCompany, person: ScimPerson, wanted: OktaPerson[]): Promise<void> {
  const known = wanted.find(({ login }) => login === person.userName)
  const path = `/Users/${person.id}`
  const ask = (method: string, body?: unknown) =>
    scimRequest(company.scimToken, company.slug, { method, path, ...(body === undefined ? {} : { body }) })
  if (!known) await ask('DELETE')
  else if (known.assigned !== person.active) await ask('PATCH', setActive(known.assigned))
}
