import 'server-only'
import { getProvisioning } from './connections'
import type { OrgContext } from './domains'
import { type ProvisioningState, type StateSet, setProvisioningState } from './provisioning-state'
import { type ClientInput, type ConnectionSaved, saveConnection } from './save-connection'
import { type SCIM_MODES, setScimMode } from './scim-mode'
import { signInIsUsed } from './sign-in-switch'
import { createToken } from './tokens'

/** Who sets up: an admin, or a guest by a setup link, who brings up what is not in use yet and touches nothing else. */
export type SetupContext = OrgContext & { guest: boolean }

const SCIM_IN_USE = 'Provisioning is in use already: an admin changes it, signed in.'
const SIGN_IN_IN_USE = 'Sign-in is in use already: an admin changes it, signed in.'

/** True once people come in by SCIM without review, or did until it was paused. */
export const scimIsUsed = (state: ProvisioningState): boolean => state === 'active' || state === 'paused'

/** Says which identity provider the company has, and with it how its requests are read. */
export async function chooseIdp(ctx: SetupContext, mode: (typeof SCIM_MODES)[number]): Promise<StateSet> {
  if (await keptFrom(ctx)) return { ok: false, problem: SCIM_IN_USE }
  return setScimMode(ctx, mode)
}

/** Saves the OIDC client. */
export async function setClient(ctx: SetupContext, input: ClientInput): Promise<ConnectionSaved> {
  if (ctx.guest && (await signInIsUsed(ctx.org.orgId))) return { ok: false, fields: { issuer: SIGN_IN_IN_USE } }
  return saveConnection(ctx, input)
}

export type ScimOpened = { ok: true; token: string; expiresAt: Date } | { ok: false; problem: string }

/** Makes a token and, where SCIM is off, lets it in: with review, or (an admin's choice alone) without. */
export async function openScim(ctx: SetupContext, wanted: 'active' | 'pending'): Promise<ScimOpened> {
  if (await keptFrom(ctx)) return { ok: false, problem: SCIM_IN_USE }
  const made = await createToken(ctx)
  if (!made.ok) return { ok: false, problem: made.sentence }
  const { scimState } = await getProvisioning(ctx.org.orgId)
  if (scimState === 'off') {
    const set = await setProvisioningState(ctx, ctx.guest ? 'pending' : wanted)
    if (!set.ok) return set
  }
  return { ok: true, token: made.token, expiresAt: made.expiresAt }
}

const keptFrom = async ({ guest, org }: SetupContext): Promise<boolean> =>
  guest && scimIsUsed((await getProvisioning(org.orgId)).scimState)
