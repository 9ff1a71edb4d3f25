import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { entitlements, orgs } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { badRequest, ScimError } from '@/lib/scim/errors'
import { versionEtag } from '@/lib/scim/etag'
import { evaluateFilter } from '@/lib/scim/filter-eval'
import { printFilter } from '@/lib/scim/filter-print'
import type { ListQuery } from '@/lib/scim/list'
import { type CatalogueView, catalogueResource } from '@/lib/scim/resource'
import { foldKey } from '@/lib/scim/text'
import { listName, readCursor, writeCursor } from './cursor'

export type CatalogueType = 'Role' | 'Entitlement'
type Resource = Record<string, unknown>

const MEANING: Record<string, string> = {
  admin: 'May manage people, connections and settings',
  manager: 'May see and manage the tasks of the team',
  member: 'May use the product',
}

/** What Okta may put into `roles` or `entitlements` of this org's people: its own catalogue, read only over SCIM. */
export async function listCatalogue(orgId: string, type: CatalogueType, baseUrl: string): Promise<Resource[]> {
  const entries = type === 'Role' ? await rolesOf(orgId) : await entitlementsOf(orgId)
  return entries.map((each) => catalogueResource(type, each, baseUrl))
}

/** One entry. ScimError 404 for any other id. */
export async function getCatalogueEntry(
  orgId: string,
  type: CatalogueType,
  id: string,
  baseUrl: string,
): Promise<Resource> {
  const found = (await listCatalogue(orgId, type, baseUrl)).find((each) => each.id === id)
  if (found) return found
  const name = type.toLowerCase()
  throw new ScimError(
    404,
    undefined,
    `No ${name} ${id.slice(0, 80)} in this organization. An admin keeps the list in Rollcall.`,
  )
}

/** A page of a list that fits in memory, with the same rules as the long ones. */
export function pageInMemory(orgId: string, type: CatalogueType, all: readonly Resource[], q: ListQuery) {
  const { filter } = q
  const kept = filter ? all.filter((each) => evaluateFilter(filter, each)) : [...all]
  const sorted = sort(kept, q)
  const name = listName([orgId, type, filter && printFilter(filter), q.sortBy?.text, q.sortOrder])
  const start = q.cursor === undefined ? q.startIndex - 1 : q.cursor ? Number(readCursor(q.cursor, name, 1)[0]) : 0
  const found = sorted.slice(start, start + q.count)
  const end = start + found.length
  const more = q.cursor !== undefined && q.count > 0 && end < sorted.length
  return { found, total: sorted.length, ...(more ? { nextCursor: writeCursor(name, [String(end)]) } : {}) }
}

const SORTABLE = ['id', 'displayName', 'type']

function sort(resources: Resource[], { sortBy, sortOrder }: ListQuery): Resource[] {
  if (!sortBy) return resources
  if (!SORTABLE.includes(sortBy.text)) {
    throw badRequest(
      'invalidValue',
      `Lists cannot be sorted by "${sortBy.text}". Choose one of ${SORTABLE.join(', ')}.`,
    )
  }
  const keyOf = (each: Resource) => foldKey(String(each[sortBy.text] ?? '\uffff'))
  const sign = sortOrder === 'descending' ? -1 : 1
  return resources.sort((a, b) => (keyOf(a) < keyOf(b) ? -sign : keyOf(a) > keyOf(b) ? sign : 0))
}

async function rolesOf(orgId: string): Promise<CatalogueView[]> {
  const [org] = await withOrg(orgId, (tx) => tx.select().from(orgs).where(eq(orgs.orgId, orgId)))
  const { scimRoles = [], createdAt: created = new Date(0) } = org ?? {}
  const stored = { created, modified: created, version: versionEtag(1) }
  return scimRoles.map((id) => ({
    ...stored,
    id,
    displayName: titled(id),
    type: 'role',
    description: Object.hasOwn(MEANING, id) ? (MEANING[id] ?? null) : null,
  }))
}

const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

async function entitlementsOf(orgId: string): Promise<CatalogueView[]> {
  const rows = await withOrg(orgId, (tx) =>
    tx.select().from(entitlements).where(eq(entitlements.orgId, orgId)).orderBy(asc(entitlements.value)),
  )
  return rows.map(({ value, displayName, type, description, createdAt }) => ({
    id: value,
    displayName,
    type,
    description,
    created: createdAt,
    modified: createdAt,
    version: versionEtag(1),
  }))
}
