import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { orgs } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import type { OrgContext } from './domains'

/** Notes that the company has set up what it wants: the checklist goes. With `org.changed`, once. */
export async function finishSetup({ org, actor }: OrgContext): Promise<void> {
  const { orgId, name } = org
  const done = await withOrg(orgId, async (tx) => {
    const changed = await tx
      .update(orgs)
      .set({ setupDoneAt: new Date() })
      .where(and(eq(orgs.orgId, orgId), isNull(orgs.setupDoneAt)))
      .returning({ orgId: orgs.orgId })
    if (changed.length === 0) return false
    const target = { kind: 'org', id: orgId, name } as const
    const diff = [{ path: 'setup', after: 'finished' }]
    await recordIn(tx, orgId, { type: 'org.changed', outcome: 'success', actor, target, diff })
    return true
  })
  if (done) wake(orgId)
}
