import 'server-only'
import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { entitlements, groups, users } from '@/db/schema'
import { events } from '@/db/schema-events'
import { type Tx, withOrg } from '@/db/tenant'
import { saveEntitlement } from '@/lib/directory/entitlement-catalogue'
import { newId } from '@/lib/ids'
import type { Org } from '@/lib/orgs/orgs'
import type { Names } from './attempts'
import type { Send } from './send'

/** A company on the lab's ground, with the key its own Okta holds. */
export type Company = { org: Org; token: string }

/** A person's session as a cookie header, and the id by which their pages call the action that gives a role. */
export type Visit = { cookie: string; setRole: string }

/** The other keys of who tries it. */
export type Keys = {
  /** A logout token of their own issuer for an endpoint, whosever it is. */
  logoutToken: (audience: string) => Promise<string>
  /** The session of one of their admins. */
  visit: () => Promise<Visit>
}

/** Who tries it, and on whom. */
export type Ground = { attacker: Company & { keys: Keys }; victim: Company }

/** What stands on the ground: the victim's person, group and entitlement, and a group of the attacker's own. */
export type Scene = { names: Names; ownGroup: string }

/** What the lab needs and does not find; says what to do. */
export class LabError extends Error {
  override name = 'LabError'
}

/**
 * Finds what a wrong request can aim at. A group or entitlement that is missing comes as usual: pushed with that
 * company's own key, made by that company's own admin (in a demo, the demo).
 */
export async function prepare(ground: Ground, send: Send): Promise<Scene> {
  const { org } = ground.victim
  const person = await withOrg(org.orgId, (tx) => firstPerson(tx, org.orgId))
  if (!person) throw new LabError(`${org.name} has nobody active to aim at. Reset the demo, then try again.`)
  const group = await firstGroup(ground.victim, send, 'Tea party', [person.id])
  const own = await firstGroup(ground.attacker, send, 'Night shift', [])
  return {
    names: {
      user: person.id,
      userName: person.userName,
      externalId: person.externalId ?? person.id,
      group: group.id,
      groupName: group.displayName,
      entitlement: await firstEntitlement(org),
      event: await lastEvent(org),
    },
    ownGroup: own.id,
  }
}

/** Names of the same form that nobody has anywhere. */
export const inventedNames = (): Names => ({
  user: newId(),
  userName: `nobody-${newId()}@nowhere.example`,
  externalId: `00u${newId()}`,
  group: newId(),
  groupName: `Nothing ${newId()}`,
  entitlement: `nothing-${newId()}`,
  event: newId(),
})

async function firstPerson(tx: Tx, orgId: string) {
  const [row] = await tx
    .select({ id: users.id, userName: users.userName, externalId: users.externalId })
    .from(users)
    .where(and(eq(users.orgId, orgId), eq(users.active, true), isNull(users.deletedAt)))
    .orderBy(asc(users.createdAt))
    .limit(1)
  return row
}

/** Something always was: whoever or whatever is aimed at was once pushed. */
async function lastEvent({ orgId, name }: Org): Promise<string> {
  const [row] = await withOrg(orgId, (tx) =>
    tx.select({ id: events.id }).from(events).where(eq(events.orgId, orgId)).orderBy(desc(events.id)).limit(1),
  )
  if (!row) throw new LabError(`${name} has an empty event log. Reset the demo, then try again.`)
  return row.id
}

async function firstGroup({ org, token }: Company, send: Send, name: string, members: string[]) {
  const find = () =>
    withOrg(org.orgId, (tx) =>
      tx
        .select({ id: groups.id, displayName: groups.displayName })
        .from(groups)
        .where(eq(groups.orgId, org.orgId))
        .orderBy(asc(groups.createdAt))
        .limit(1),
    )
  const [there] = await find()
  if (there) return there
  const body = { displayName: name, members: members.map((value) => ({ value })) }
  await send({ slug: org.slug, token, method: 'POST', path: '/Groups', body })
  const [made] = await find()
  if (!made) throw new LabError(`${org.name} has no group, and pushing one failed. Look at its event log.`)
  return made
}

async function firstEntitlement(org: Org): Promise<string> {
  const { orgId } = org
  const [there] = await withOrg(orgId, (tx) =>
    tx.select({ value: entitlements.value }).from(entitlements).where(eq(entitlements.orgId, orgId)).limit(1),
  )
  if (there) return there.value
  const entry = { value: 'tea-room-vip', displayName: 'Tea room', type: null, description: null }
  await saveEntitlement({ org, actor: { kind: 'demo' } }, entry, 'add')
  return entry.value
}
