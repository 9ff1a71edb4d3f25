import { sql } from 'drizzle-orm'
import { withOrg } from '@/db/tenant'
import { analyze } from '@/db/test-analyze'
import type { TestOrg } from '@/db/test-orgs'

/** Many plain members, straight into the table; their ids. */
export async function makeCrowd({ orgId }: TestOrg, size: number): Promise<string[]> {
  const made = await withOrg(orgId, (tx) =>
    tx.execute<{ id: string }>(sql`
      insert into users (org_id, id, user_name, user_name_key, active, source, display_name, name_key, attributes, role,
        role_reasons, created_at, updated_at)
      select ${orgId}::uuid, uuidv7(), u, u, true, 'okta', 'Person ' || lpad(n::text, 6, '0'),
        'person ' || lpad(n::text, 6, '0'), jsonb_build_object('userName', u, 'active', true), 'member',
        '[{"by":"default","role":"member"}]', now(), now()
      from (select n, 'person' || n || '@crowd.example' as u from generate_series(1, ${size}::int) n) x
      returning id`),
  )
  await analyze('users')
  return made.map(({ id }) => id)
}
