import postgres from 'postgres'

/** A company of the bench: how many people and events it is filled with. */
export type Size = { slug: string; users: number; events: number }

export const USUAL: Size[] = [
  { slug: 'bench-1k', users: 1_000, events: 10_000 },
  { slug: 'bench-10k', users: 10_000, events: 50_000 },
  { slug: 'bench-100k', users: 100_000, events: 300_000 },
]

/** 1,000 companies: the first has 100,000 people and 10,000,000 events, the others fewer and fewer. */
export function largeSizes(): Size[] {
  const first = { slug: 'bench-large', users: 100_000, events: 10_000_000 }
  const weights = Array.from({ length: 999 }, (_, i) => 1 / (i + 3))
  const sum = weights.reduce((a, b) => a + b, 0)
  const others = weights.map((weight, i) => ({
    slug: `bench-l${i + 2}`,
    users: Math.round((900_000 * weight) / sum),
    events: Math.round((1_000_000 * weight) / sum),
  }))
  return [first, ...others]
}

/** A connection of the server's superuser to the bench's own database: loading is no part of what is measured. */
export const superuser = (superUrl: string): postgres.Sql => {
  const url = new URL(superUrl)
  url.pathname = '/rollcall'
  return postgres(url.href, { max: 1, onnotice: () => undefined, connection: { application_name: 'bench' } })
}

/** A UUIDv7 of a moment, in SQL. */
const uuid7 = (ms: string, seed: string) =>
  `(left(uuid7_floor(${ms})::text, 14) || '7' || substr(md5(${seed}), 1, 3) || '-8' || substr(md5(${seed}), 4, 3) || '-' || substr(md5(${seed}), 7, 12))::uuid`

/** Fills a company with people, five of them in a hundred inactive. */
export async function loadUsers(sql: postgres.Sql, orgId: string, { slug, users }: Size): Promise<void> {
  const made = `(now() - interval '200 days' + i * interval '100 milliseconds')`
  await sql.unsafe(`
    insert into users (org_id, id, user_name, user_name_key, external_id, active, held, source, display_name, name_key, email,
      email_key, attributes, role, role_reasons, created_at, updated_at)
    select '${orgId}', ${uuid7(made, `'${slug}' || i`)}, n, n, '00u' || i || '${slug}', a, false, 'okta', d, lower(d), n, n,
      jsonb_build_object('userName', n, 'externalId', '00u' || i || '${slug}', 'active', a,
        'name', jsonb_build_object('givenName', 'Grace', 'familyName', 'Number ' || i), 'displayName', d,
        'title', 'Engineer ' || i % 50, 'locale', 'en-US', 'emails',
        jsonb_build_array(jsonb_build_object('value', n, 'type', 'work', 'primary', true))),
      'member', '[{"by": "default", "role": "member"}]', ${made}, ${made}
    from (select i, 'u' || i || '@${slug}.example' as n, 'Grace Number ' || i as d, i % 20 <> 7 as a
      from generate_series(1, ${users}) i) x`)
}

/** A group with the first `members` people of a company. */
export async function loadGroup(sql: postgres.Sql, orgId: string, name: string, members: number): Promise<void> {
  await sql.unsafe(`
    with made as (
      insert into groups (org_id, id, display_name, display_name_key, created_at, updated_at)
      values ('${orgId}', gen_random_uuid(), '${name}', lower('${name}'), now(), now()) returning id)
    insert into group_members (org_id, group_id, user_id)
    select '${orgId}', made.id, u.id from made,
      (select id from users where org_id = '${orgId}' order by created_at, id limit ${members}) u`)
}

const DAYS = 100
/** Now, in epoch milliseconds. */
const EPOCH = '(extract(epoch from now()) * 1000)::bigint'

/** The months that hold those days: without them all of it would lie in the partition for what fits nowhere. */
export async function makeMonths(sql: postgres.Sql): Promise<void> {
  // Tables belong to whoever makes them, and the schema's owner has to alter these.
  await sql.unsafe('set role rollcall_owner')
  await sql.unsafe(`select make_event_partitions((now() - interval '${DAYS + 31} days')::date, 7)`)
  await sql.unsafe('reset role')
}

/** Some of a company's events, by their numbers. */
export type Batch = Size & { from: number; to: number }

const BATCH = 500_000

/** A company's events in parts that two connections can share. */
export const batchesOf = (size: Size): Batch[] =>
  Array.from({ length: Math.ceil(size.events / BATCH) }, (_, i) => ({
    ...size,
    from: i * BATCH + 1,
    to: Math.min((i + 1) * BATCH, size.events),
  }))

/** What happened in a company over the last hundred days: mostly Okta's successes, one in forty no change, few failures. */
export async function loadEvents(
  sql: postgres.Sql,
  orgId: string,
  { slug, events, users, from, to }: Batch,
): Promise<void> {
  const step = (DAYS * 86_400_000) / (events + 1)
  // One digest a row makes its id and its request's id. Each is about one of the company's people, all in turn.
  await sql.unsafe(`
      with people as (
        select array_agg(id order by created_at, id) as ids from users where org_id = '${orgId}')
      insert into events (org_id, id, at, type, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, target_name,
        method, path, status, diff, trace, okta_event, request_id, ip)
      select '${orgId}',
        (substr(hex, 1, 8) || '-' || substr(hex, 9) || '-7' || substr(h, 1, 3) || '-8' || substr(h, 4, 3) || '-' || substr(h, 7, 12))::uuid,
        to_timestamp(ms / 1000.0),
        case when i % 10 < 4 then 'user.updated' when i % 10 < 6 then 'user.looked_up' when i % 10 < 7 then 'user.created'
          when i % 10 < 8 then 'group.members_changed' when i % 100 = 8 then 'signin.succeeded' else 'user.deactivated' end,
        case when i % 40 = 0 then 'skipped' when i % 500 = 1 then 'failed' when i % 5000 = 2 then 'blocked' else 'success' end,
        case when i % 100 = 8 then 'user' else 'okta' end, 'bench' || i % 100, 'Okta', 'user',
        ids[1 + i % ${Math.max(1, users)}]::text, 'Grace Number ' || 1 + i % ${Math.max(1, users)},
        'PATCH', '/scim/v2/${slug}/Users/' || i, 200, '[{"path": "title", "before": "Engineer", "after": "Senior engineer"}]',
        '[{"step": "credential", "outcome": "ok", "text": "The token is live"}]', 'application.user_membership.update',
        h, '192.0.2.1'
      from (select i, ms, lpad(to_hex(ms), 12, '0') as hex, md5('${slug}' || i) as h
        from (select i, began + (i * ${step}::float8)::bigint as ms from generate_series(${from}, ${to}) i,
          (select ${EPOCH} - ${DAYS * 86_400_000} as began) b) m) r, people`)
}

/** Gives each piece of work to the next connection that is free; throws the first failure when all have ended. */
export async function share<T>(
  lanes: postgres.Sql[],
  work: readonly T[],
  run: (sql: postgres.Sql, one: T) => Promise<void>,
): Promise<void> {
  const left = [...work]
  const lane = async (sql: postgres.Sql) => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await run(sql, one)
  }
  // Who fails ends the others after what they are at, so that nothing still runs when this ends.
  const stop = (error: unknown) => {
    left.length = 0
    throw error
  }
  const ends = await Promise.allSettled(lanes.map((sql) => lane(sql).catch(stop)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/**
 * Loads millions of rows: without the indexes of the tables but for the primary keys; they are made again at the end. And
 * without looking for the parent of each row, which is there.
 */
export async function inBulk(lanes: postgres.Sql[], tables: string[], load: () => Promise<void>): Promise<void> {
  const [sql] = lanes
  if (!sql) return
  const found = await sql<{ name: string; made: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
    join pg_class c on c.oid = i.indrelid
    where c.relname = any(${tables}) and not i.indisprimary`
  for (const { name } of found) await sql.unsafe(`drop index ${name}`)
  // What is loaded can be loaded again.
  const settings = `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'`
  // A checkpoint for each gigabyte would write everything several times.
  await sql.unsafe(`alter system set max_wal_size = '16GB'`)
  await sql.unsafe('select pg_reload_conf()')
  for (const lane of lanes) await lane.unsafe(settings)
  try {
    await load()
  } finally {
    // Of a partitioned table the text says ONLY, which would leave the months without.
    await share(lanes, found, async (lane, { made }) => void (await lane.unsafe(made.replace(' ON ONLY ', ' ON '))))
    for (const lane of lanes)
      await lane.unsafe('reset session_replication_role; reset synchronous_commit; reset maintenance_work_mem')
    await sql.unsafe('alter system reset max_wal_size')
    await sql.unsafe('select pg_reload_conf()')
  }
}
