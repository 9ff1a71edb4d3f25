import type postgres from 'postgres'

/** Globally unique, without the org in their key: a copy on every node (DISTRIBUTED §2). */
const REFERENCE = ['org_slugs', 'domains']

/**
 * The whole step to Citus for the schema in the database, as SQL with comments: what to run where, tables in the order
 * their foreign keys ask for, and the functions. Reads the catalogue, changes nothing.
 */
export async function citusStep(sql: postgres.Sql, appRole: string): Promise<string> {
  const [tables, functions] = [await distributed(sql), await listFunctions(sql)]
  const [first, ...others] = tables
  if (first !== 'orgs') throw new Error(`The first table to distribute is ${first ?? 'missing'}, which should be orgs`)
  const distribute = (name: string) =>
    `select create_distributed_table('${name}', 'org_id'${name === first ? '' : `, colocate_with => '${first}'`});`
  return [
    "-- 1. Every node, with shared_preload_libraries = 'citus' and the database and roles made:",
    'create extension citus;',
    '',
    '-- 2. The coordinator, once for each worker (addresses are yours):',
    "select citus_set_coordinator_host('COORDINATOR', 5432);",
    "select citus_add_node('WORKER', 5432);",
    '',
    '-- 3. The coordinator, as a superuser: SET LOCAL app.org_id has to reach the workers.',
    `alter role ${quoted(appRole)} set citus.propagate_set_commands = 'local';`,
    '',
    '-- 4. The coordinator, as the owner of the tables. Parents come before children; partitions follow their parents.',
    ...[first, ...others].map(distribute),
    '',
    '-- 5. Globally unique, and small: a copy on every node.',
    ...REFERENCE.map((name) => `select create_reference_table('${name}');`),
    '',
    '-- 6. Functions called bare go whole to the worker that has the org; those they call are there as well.',
    ...functions.map(({ signature, hot }) =>
      hot
        ? `select create_distributed_function('${signature}', '$1', colocate_with => '${first}');`
        : `select create_distributed_function('${signature}');`,
    ),
    '',
    "-- Open before it is promised: advisory locks live on the node that runs them, so the lock of an organization's role",
    '-- rules (hold_rules on a worker, lock_rules on the coordinator) has to become a row lock on orgs.',
    '',
  ].join('\n')
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Every table of a company, parents first. Throws when foreign keys go in a circle. */
async function distributed(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string; parents: string[] }[]>`
    select c.relname as name, array(
      select distinct p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and p.oid <> c.oid) as parents
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
      and c.relname <> all(${REFERENCE}) order by c.relname <> 'orgs', c.relname`
  const ordered: string[] = []
  while (ordered.length < rows.length) {
    const next = rows.filter(
      ({ name, parents }) => !ordered.includes(name) && parents.every((p) => ordered.includes(p)),
    )
    if (next.length === 0) throw new Error('The foreign keys of these tables go in a circle')
    ordered.push(...next.map(({ name }) => name))
  }
  return ordered
}

/** Every function; `hot` takes the org as its first argument. */
async function listFunctions(sql: postgres.Sql): Promise<{ signature: string; hot: boolean }[]> {
  return sql<{ signature: string; hot: boolean }[]>`
    select oid::regprocedure::text as signature,
      coalesce(proargnames[1] = 'p_org' and proargtypes[0] = 'uuid'::regtype, false) as hot
    from pg_proc where pronamespace = 'public'::regnamespace order by 2, 1`
}
