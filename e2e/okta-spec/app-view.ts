import { expect } from 'vitest'
import type { TestOrg } from '@/db/test-orgs'
import { send } from '@/lib/scim-api/test/client'
import type { Exchange } from '../okta/model'

type Resource = Record<string, unknown>

/** Who the app has under this userName, the way a SCIM client sees it; undefined when nobody. */
export async function userNamed(org: TestOrg, userName: string): Promise<Resource | undefined> {
  return only(org, `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
}

/** The group of this name with its members, or undefined. */
export async function groupNamed(org: TestOrg, name: string): Promise<Resource | undefined> {
  return only(org, `/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}`)
}

/** The ids in a group, sorted; empty when it has none or is not there. */
export function memberIds(group: Resource | undefined): string[] {
  const members = group?.members
  return Array.isArray(members) ? members.map(({ value }) => String(value)).sort() : []
}

/** `GET Users 200`: what was sent and answered, short. */
export const sentOf = (requests: Exchange[]): string[] =>
  requests.map(({ method, url, status }) => {
    const kind = /\/scim\/v2\/[^/]+\/(\w+)/.exec(url)?.[1]
    return `${method} ${kind} ${status}`
  })

async function only(org: TestOrg, path: string): Promise<Resource | undefined> {
  const { status, body } = await send(org, 'GET', path)
  expect(status).toBe(200)
  const found = Array.isArray(body.Resources) ? body.Resources : []
  expect(found.length).toBeLessThan(2)
  return found[0]
}
