import 'server-only'
import { type LensName, lenses, lensWords } from '@/lib/lens/year'
import type { OrgContext } from '@/lib/orgs/domains'
import { getOrgBySlug, type Org } from '@/lib/orgs/orgs'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { updateSettings } from '@/lib/orgs/settings'
import { setSignIn } from '@/lib/orgs/sign-in-switch'
import { requireDemoMode } from './door'
import { DemoError } from './errors'
import { makeCompanies, oktaOf, oktaSlugs } from './okta'

const nameOf = (lens: LensName) => `John’s year: ${lensWords[lens].label}`

/** How each company of the lens is set up in Rollcall. */
const arrangements: Record<LensName, { jit: boolean; scim: 'off' | 'active'; signIn: 'on' | 'off' }> = {
  oidc: { jit: true, scim: 'off', signIn: 'on' },
  scim: { jit: false, scim: 'active', signIn: 'off' },
  both: { jit: false, scim: 'active', signIn: 'on' },
}

/**
 * The three companies the lens plays at: made on demand on its first play, each then set up in its own way and kept so.
 * Porter and White Rabbit are not touched.
 */
export async function yearCompanies(): Promise<Record<LensName, Org>> {
  requireDemoMode()
  const known = await Promise.all((await oktaSlugs()).map(getOrgBySlug))
  const found = (lens: LensName) => known.find((org) => org?.name === nameOf(lens)) ?? null
  const missing = lenses.filter((lens) => !found(lens))
  const made = missing.length > 0 ? await makeCompanies(missing.length) : []
  const take = async (lens: LensName): Promise<Org> => {
    const there = found(lens) ?? (await getOrgBySlug(made[missing.indexOf(lens)] ?? ''))
    if (!there) throw new DemoError('The companies for the lens could not be made. The stand-in’s terminal says why.')
    await arrange(there, lens)
    return there
  }
  return { oidc: await take('oidc'), scim: await take('scim'), both: await take('both') }
}

async function arrange(org: Org, lens: LensName): Promise<void> {
  const { jit, scim, signIn } = arrangements[lens]
  const context: OrgContext = { org, actor: { kind: 'demo' } }
  const done = [
    await updateSettings(context, { name: nameOf(lens), jit }),
    await setProvisioningState(context, scim),
    await setSignIn(context, signIn),
  ]
  if (done.some(({ ok }) => !ok)) throw new DemoError(`${org.name} could not be set up for the lens.`)
  // An Okta that only signs people in assigns nobody to provisioning: whoever it knows may sign in.
  await oktaOf(org.slug).letIn(lens === 'oidc' ? 'everybody' : 'assigned')
}
