import 'server-only'
import { withOrg } from '@/db/tenant'
import { wake } from '@/lib/events/wake'
import type { OrgContext } from './domains'
import { type StateSet, setProvisioningState } from './provisioning-state'
import { listTokens, revokeToken } from './tokens'

/** Switches SCIM off and ends every live token, in one commit. People, groups and roles stay as they are. */
export async function disconnectScim(ctx: OrgContext): Promise<StateSet> {
  const { orgId } = ctx.org
  const done = await withOrg(orgId, async () => {
    for (const { id, state } of await listTokens(orgId)) {
      if (state === 'live' || state === 'ending') await revokeToken(ctx, id)
    }
    return setProvisioningState(ctx, 'off')
  })
  // What was told inside was told before the commit.
  if (done.ok) wake(orgId)
  return done
}
