import 'server-only'
import { eq } from 'drizzle-orm'
import { connections } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { type Connection, lockConnection } from './connections'
import type { OrgContext } from './domains'
import { NO_ORG, type StateSet } from './provisioning-state'

export const SCIM_MODES = ['okta', 'entra', 'strict'] as const satisfies readonly Connection['mode'][]

/** Says which client talks to us (lib/scim/README.md, three modes), with `connection.changed` in the same commit. */
export async function setScimMode({ org, actor }: OrgContext, mode: Connection['mode']): Promise<StateSet> {
  const { orgId } = org
  const done = await withOrg(orgId, async (tx): Promise<StateSet> => {
    const now = await lockConnection(tx, orgId)
    if (!now) return NO_ORG
    if (now.mode === mode) return { ok: true, eventId: null }
    await tx.update(connections).set({ mode }).where(eq(connections.orgId, orgId))
    const target = { kind: 'connection', id: now.id, name: 'SCIM' } as const
    const diff = [{ path: 'mode', before: now.mode, after: mode }]
    return {
      ok: true,
      eventId: await recordIn(tx, orgId, { type: 'connection.changed', outcome: 'success', actor, target, diff }),
    }
  })
  if (done.ok && done.eventId) wake(orgId)
  return done
}
