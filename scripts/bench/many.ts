import { join } from 'node:path'
import { mintToken } from '@/lib/orgs/tokens'
import { company } from './companies'
import { loadGroup, loadUsers, superuser } from './data'
import { KEPT, keep, type Stack } from './stack'

const DAY = 86_400_000
/** People of each: what differs is how many companies there are, not how large they are. */
export const PEOPLE = 100
const COMPANIES = 1_000
/** Of whom the client is told. */
const KNOWN = 20

/** A small company among many. */
export type Small = { token: string; base: string; ids: string[]; userNames: string[]; group: string }

/** A thousand companies of a hundred people, made on first use, each with a new token. */
export async function openMany(stack: Stack, say: (text: string) => void): Promise<Small[]> {
  const slugs = Array.from({ length: COMPANIES }, (_, i) => `bench-g${i + 1}`)
  const sql = superuser(stack.postgres.superUrl)
  try {
    await keep(join(stack.folder, KEPT[1]), async () => {
      say(`Loading ${COMPANIES.toLocaleString('en-US')} companies of ${PEOPLE} people …`)
      for (const slug of slugs) {
        const orgId = await company(slug)
        await loadUsers(sql, orgId, { slug, users: PEOPLE, events: 0 })
        await loadGroup(sql, orgId, 'Group of 0', 0)
      }
      await sql.unsafe('vacuum (analyze) users, groups, orgs')
      return { at: new Date().toISOString() }
    })
    const rows = await sql<{ org_id: string; slug: string; ids: string[]; names: string[]; group: string }[]>`
      select s.org_id, s.slug, u.ids, u.names, g.id as group from org_slugs s
      join groups g on g.org_id = s.org_id and g.display_name = 'Group of 0'
      cross join lateral (
        select array_agg(f.id::text) as ids, array_agg(f.user_name) as names from (
          select id, user_name from users where org_id = s.org_id and deleted_at is null
          order by created_at, id limit ${KNOWN}) f) u
      where s.slug = any(${slugs})`
    const made: Small[] = []
    for (const { org_id: orgId, slug, ids, names, group } of rows) {
      const { token } = await mintToken(orgId, { createdBy: 'bench', expiresAt: new Date(Date.now() + DAY) })
      made.push({ token, base: `/scim/v2/${slug}`, ids, userNames: names, group })
    }
    return made
  } finally {
    await sql.end()
  }
}
