import 'server-only'
import { stringify } from 'csv-stringify/sync'
import { and, asc, eq, gt, or } from 'drizzle-orm'
import { users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { Actor } from '@/lib/events/event'
import { recordEvent } from '@/lib/events/record'
import { matching, type UserFilter } from './list-users-query'
import { groupsOfUsers } from './memberships'
import { formOf, PERSON_FIELDS } from './person-form'
import { attributesOf } from './user-state'

const BATCH = 1000
const COLUMNS = [
  ...['id', ...PERSON_FIELDS, 'role', 'effectiveRole', 'active', 'source', 'externalId', 'groups'],
  ...['createdAt', 'updatedAt', 'lastSignInAt'],
]

/** Notes who took which people out of the org; before the first byte. */
export function recordExport(orgId: string, actor: Actor): Promise<string> {
  const target = { kind: 'org', id: orgId, name: 'the people as CSV' } as const
  return recordEvent(orgId, { type: 'access.exported', outcome: 'success', actor, target })
}

/**
 * The people of a filter as CSV, in batches by keyset, so that an org of any size streams. No cell is run by a
 * spreadsheet as a formula. What the import reads stands under the import's own names: `role` is the one by hand.
 */
export async function* exportUsers(orgId: string, filter: UserFilter): AsyncGenerator<string> {
  yield csv([COLUMNS])
  let after: { key: string; id: string } | undefined
  do {
    const rows = await batch(orgId, filter, after)
    if (rows.length > 0) yield csv(rows.map(({ cells }) => cells))
    const last = rows.at(-1)
    after = rows.length === BATCH && last ? last.place : undefined
  } while (after)
}

const csv = (rows: string[][]): string => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' })

function batch(orgId: string, filter: UserFilter, after: { key: string; id: string } | undefined) {
  return withOrg(orgId, async (tx) => {
    const beyond = after && or(gt(users.nameKey, after.key), and(eq(users.nameKey, after.key), gt(users.id, after.id)))
    const rows = await tx
      .select()
      .from(users)
      .where(and(matching(orgId, filter), beyond))
      .orderBy(asc(users.nameKey), asc(users.id))
      .limit(BATCH)
    const memberships = await groupsOfUsers(
      tx,
      orgId,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => {
      const form = formOf(attributesOf(row))
      const groups = (memberships.get(row.id) ?? []).map(({ display }) => display).join('; ')
      const cells = [
        ...[row.id, ...PERSON_FIELDS.map((name) => form[name]), row.manualRole ?? '', row.role, String(row.active)],
        ...[row.source, row.externalId ?? '', groups, row.createdAt.toISOString(), row.updatedAt.toISOString()],
        row.lastSignInAt?.toISOString() ?? '',
      ]
      return { cells, place: { key: row.nameKey, id: row.id } }
    })
  })
}
