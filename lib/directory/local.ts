import 'server-only'
import type { Role } from '@/db/types'
import type { Actor } from '@/lib/events/event'
import { newId } from '@/lib/ids'
import { getOrg } from '@/lib/orgs/orgs'
import type { UserAttributes } from '@/lib/scim/user'
import { type Written, writeUser } from './write-user'

export type LocalUser = { userName: string; displayName: string; email: string; manualRole: Role | null }

/** Adds a person by hand, one Okta does not manage. A taken userName violates users_user_name. */
export async function createLocalUser(orgId: string, user: LocalUser, actor: Actor): Promise<Written> {
  const org = await getOrg(orgId)
  if (!org) throw new Error('No such org')
  const attributes: UserAttributes = {
    userName: user.userName,
    displayName: user.displayName,
    active: true,
    emails: [{ value: user.email, type: 'work', primary: true }],
  }
  const state = { attributes, source: 'local' as const, manualRole: user.manualRole, deleted: false, held: false }
  return writeUser({ org, actor }, async () => ({ found: null, id: newId(), state, trace: [] }))
}
