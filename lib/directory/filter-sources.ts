import { sql } from 'drizzle-orm'
import { groupMembers, groups, users } from '@/db/schema'
import { isId } from '@/lib/ids'
import { ENTERPRISE_SCHEMA } from '@/lib/scim/schemas/enterprise-user'
import { GROUP_SCHEMA } from '@/lib/scim/schemas/group'
import { USER_SCHEMA } from '@/lib/scim/schemas/user'
import type { FilterSource } from './filter-sql'

/** Users: hot attributes are plain columns with an index, for RLS cannot push lower(x) into one (DESIGN §5). */
export const userSource = (baseUrl: string): FilterSource => ({
  type: 'User',
  document: sql`${users.attributes}`,
  columns: {
    id: { sql: sql`${users.id}`, kind: 'uuid' },
    userName: { sql: sql`${users.userNameKey}`, kind: 'folded' },
    externalId: { sql: sql`${users.externalId}`, kind: 'exact' },
    // A held person answers with what Okta sent (README, pending connections).
    active: { sql: sql`(${users.active} or ${users.held})`, kind: 'boolean' },
    'meta.created': { sql: sql`${users.createdAt}`, kind: 'instant' },
    'meta.lastModified': { sql: sql`${users.updatedAt}`, kind: 'instant' },
    'meta.resourceType': { sql: sql`'User'::text`, kind: 'exact' },
    'meta.location': { sql: sql`${`${baseUrl}/Users/`}::text || ${users.id}::text`, kind: 'exact' },
  },
  rows: {
    schemas: sql`select to_jsonb(s) as v from unnest(array[${USER_SCHEMA}::text] ||
      case when ${users.attributes} ? ${ENTERPRISE_SCHEMA} then array[${ENTERPRISE_SCHEMA}::text] else '{}'::text[] end) s`,
    groups: sql`select jsonb_build_object('value', ${groups.id}, 'display', ${groups.displayName}, 'type', 'direct',
        '$ref', ${`${baseUrl}/Groups/`}::text || ${groups.id}::text) as v
      from ${groupMembers} join ${groups} on ${groups.orgId} = ${groupMembers.orgId} and ${groups.id} = ${groupMembers.groupId}
      where ${groupMembers.orgId} = ${users.orgId} and ${groupMembers.userId} = ${users.id}`,
  },
  keys: {
    'groups.value': (id) =>
      isId(id)
        ? sql`exists (select 1 from ${groupMembers} where ${groupMembers.orgId} = ${users.orgId}
            and ${groupMembers.groupId} = ${id}::uuid and ${groupMembers.userId} = ${users.id})`
        : sql`false`,
  },
})

/** Groups: members are rows. */
export const groupSource = (baseUrl: string): FilterSource => ({
  type: 'Group',
  document: sql`jsonb_build_object('displayName', ${groups.displayName}, 'externalId', ${groups.externalId})`,
  columns: {
    id: { sql: sql`${groups.id}`, kind: 'uuid' },
    displayName: { sql: sql`${groups.displayNameKey}`, kind: 'folded' },
    externalId: { sql: sql`${groups.externalId}`, kind: 'exact' },
    'meta.created': { sql: sql`${groups.createdAt}`, kind: 'instant' },
    'meta.lastModified': { sql: sql`${groups.updatedAt}`, kind: 'instant' },
    'meta.resourceType': { sql: sql`'Group'::text`, kind: 'exact' },
    'meta.location': { sql: sql`${`${baseUrl}/Groups/`}::text || ${groups.id}::text`, kind: 'exact' },
    'meta.version': { sql: sql`'W/"' || ${groups.version} || '"'`, kind: 'exact' },
  },
  rows: {
    schemas: sql`select to_jsonb(${GROUP_SCHEMA}::text) as v`,
    members: sql`select jsonb_build_object('value', ${groupMembers.userId}, 'type', 'User', 'display', ${users.displayName},
        '$ref', ${`${baseUrl}/Users/`}::text || ${groupMembers.userId}::text) as v
      from ${groupMembers} join ${users} on ${users.orgId} = ${groupMembers.orgId} and ${users.id} = ${groupMembers.userId}
      where ${groupMembers.orgId} = ${groups.orgId} and ${groupMembers.groupId} = ${groups.id}`,
  },
  keys: {
    'members.value': (id) =>
      isId(id)
        ? sql`exists (select 1 from ${groupMembers} where ${groupMembers.orgId} = ${groups.orgId}
            and ${groupMembers.groupId} = ${groups.id} and ${groupMembers.userId} = ${id}::uuid)`
        : sql`false`,
  },
})
