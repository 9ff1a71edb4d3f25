import type { TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { oktaUser, send } from './client'

/** A new person, as Okta makes one; the id. */
export async function makePerson(org: TestOrg, rest: Record<string, unknown> = {}): Promise<string> {
  const made = await send(org, 'POST', '/Users', oktaUser(`${newId()}@${org.domain}`, rest))
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return String(made.body.id)
}

/** Several, one after the other, so that they were created in this order. */
export async function makePeople(org: TestOrg, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push(await makePerson(org))
  return ids
}

export const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})

export const addMembers = (ids: readonly string[]) =>
  patchOf({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) })

/** The ids of a group's members, sorted. */
export async function membersOf(org: TestOrg, id: string): Promise<string[]> {
  const { members } = (await send(org, 'GET', `/Groups/${id}`)).body
  return Array.isArray(members) ? members.map((each) => String(each.value)).sort() : []
}
