import { connections } from '@/db/schema'
import { withOrg } from '@/db/tenant'

/** Says which client the org's connection talks to; no page sets it yet, so tests write the row. */
export async function setMode(orgId: string, mode: 'okta' | 'entra' | 'strict'): Promise<void> {
  await withOrg(orgId, (tx) => tx.update(connections).set({ mode }))
}
