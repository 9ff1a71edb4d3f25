import 'server-only'
import { sql } from 'drizzle-orm'
import type { SaveGroup } from '@/db/functions'
import type { Tx } from '@/db/tenant'
import type { Role } from '@/db/types'
import { isId } from '@/lib/ids'
import { getOrgIn, type Org } from '@/lib/orgs/orgs'
import type { MemberPlan } from './member-plan'
import { anyOf, decideRoles, memberIds, readSources, withGroup } from './role-sources'

type GroupChange = {
  id: string
  /** The role the group gives; null: none, and nobody's role has to be looked at. */
  mapping: Role | null
  name: { before: string; after: string }
  deleted: boolean
  members: MemberPlan
}

export type GroupRoles = SaveGroup['roles']

/** Of a group that gives no role: nobody's changes. */
export const noRoles = ({ scimRoles, defaultRole }: Org): GroupRoles => ({
  rules: { scimRoles, defaultRole },
  mapping: null,
  name: null,
  people: [],
  versions: [],
  outcomes: [],
})

/**
 * What a change of a group does to the roles of its people, and what that rests on. For a group that gives no role it
 * reads nothing. `again` reads the org's rules anew.
 */
export async function rolesOfGroup(tx: Tx, org: Org, again: boolean, change: GroupChange): Promise<GroupRoles> {
  const now = (again && (await getOrgIn(tx, org.orgId))) || org
  const { mapping, id: groupId, name, deleted, members } = change
  const none = noRoles(now)
  if (!mapping) return none

  const wholeGroup = deleted || members.clear || name.before !== name.after
  const inGroup = new Set(wholeGroup ? await memberIds(tx, org.orgId, groupId) : [])
  const add = new Set(members.add)
  const remove = new Set(members.remove)
  const stays = (id: string) => !deleted && (add.has(id) || (inGroup.has(id) && !members.clear && !remove.has(id)))
  const ids = [...new Set([...inGroup, ...add, ...(wholeGroup ? [] : remove)])].filter(isId)
  const people = await readSources(tx, org.orgId, sql`users.id = ${anyOf(ids)}`)
  const given = { groupId, groupName: name.after, role: mapping }
  const { outcomes, changed } = decideRoles(now, people, (person) =>
    withGroup(person.groups, groupId, stays(person.id) ? given : null),
  )
  // Of a whole group, its version says that nobody came or went; else each person's own says where they stand.
  const checked = (wholeGroup ? changed : people).map(({ id, version }) => ({ id, version }))
  return {
    ...none,
    mapping,
    name: name.before,
    people: checked.map((each) => each.id),
    versions: checked.map((each) => each.version),
    outcomes,
  }
}
