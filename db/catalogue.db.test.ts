import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordEvent } from '@/lib/events/record'
import { assertSafeRole } from './guard'
import { makeTestOrg } from './test-orgs'

// The owner reads the catalogue, the app's role tries the locks.
const owner = postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 1 })
const app = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
afterAll(() => Promise.all([owner.end(), app.end()]))

/** Globally unique, without the org in their key (DESIGN §5). */
const GLOBAL = ['org_slugs', 'domains']

const tenantTables = () => owner<{ name: string; partition: boolean }[]>`
  select c.relname as name, c.relispartition as partition from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`

const names = (rows: readonly postgres.Row[]) => rows.map((row) => row.name)

let orgs: string[] = []
beforeAll(async () => {
  orgs = [(await makeTestOrg()).orgId, (await makeTestOrg('White Rabbit')).orgId]
  for (const orgId of orgs)
    await recordEvent(orgId, { type: 'org.created', outcome: 'success', actor: { kind: 'system' } })
})

describe('every table with org_id', () => {
  it('is there at all, partitions included', async () => {
    const all = await tenantTables()
    expect(all.filter((table) => table.partition).length).toBeGreaterThan(20)
    expect(names(all)).toEqual(expect.arrayContaining(['users', 'sessions', 'events', 'events_rest', 'user_history']))
  })

  it('no other table holds rows of the app, and no view, which would read with its owner’s rights', async () => {
    const others = await owner`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
        and (c.relkind in ('v', 'm', 'f') or c.relkind in ('r', 'p')
          and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id'))`
    expect(names(others)).toEqual([])
  })

  it('has row-level security, forced', async () => {
    const open = await owner`
      select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and not (c.relrowsecurity and c.relforcerowsecurity)`
    expect(names(open)).toEqual([])
  })

  it('has one policy for everything, on the setting, reading and writing alike', async () => {
    const tables = await tenantTables()
    const policies = await owner<{ name: string; policy: string; cmd: string; using: string; check: string | null }[]>`
      select tablename as name, policyname as policy, cmd, qual as using, with_check as check
      from pg_policies where schemaname = 'public' order by 1, 2`
    const tenant = policies.filter((p) => p.policy === 'tenant')
    expect(names(tenant)).toEqual(names(tables))
    const rule = `(org_id = (NULLIF(current_setting('app.org_id'::text, true), ''::text))::uuid)`
    for (const p of tenant) expect(p, p.name).toMatchObject({ cmd: 'ALL', using: rule, check: rule })
    const more = policies.filter((p) => p.policy !== 'tenant')
    expect(more.map((p) => [p.name, p.policy, p.cmd, p.check])).toEqual(
      [...GLOBAL].sort().map((name) => [name, 'read_all', 'SELECT', null]),
    )
  })

  it('has the org first in every primary key and unique index', async () => {
    const wrong = await owner`
      select i.indexrelid::regclass::text as name from pg_index i
      join pg_class c on c.oid = i.indrelid
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and (i.indisunique or i.indisprimary)
        and a.attname is distinct from 'org_id' and c.relname <> all(${GLOBAL})`
    expect(names(wrong)).toEqual([])
  })

  it('has the org first in every foreign key, against the org of the other side', async () => {
    const wrong = await owner`
      select k.conname as name from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and (a.attname <> 'org_id' or b.attname <> 'org_id')`
    expect(names(wrong)).toEqual([])
  })

  it('has no trigger, and no foreign key that writes null', async () => {
    expect(
      await owner`select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`,
    ).toHaveLength(0)
    expect(
      await owner`select conname from pg_constraint where contype = 'f' and 'n' in (confdeltype, confupdtype)`,
    ).toHaveLength(0)
  })
})

describe('the app’s role', () => {
  it('is accepted by the guard, whose refusals are held by embedded.db.test.ts', async () => {
    await expect(assertSafeRole()).resolves.toBeUndefined()
  })

  it('owns nothing, is no superuser, bypasses nothing', async () => {
    const [role] = await app`
      select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
        (select count(*)::int from pg_proc p where p.proowner = r.oid) as functions,
        has_schema_privilege('public', 'create') as creates
      from pg_roles r where r.rolname = current_user`
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
      functions: 0,
      creates: false,
    })
  })

  it('has no right on any partition', async () => {
    const rights = await app`
      select c.relname as name from pg_class c
      where c.relispartition and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and has_table_privilege(c.oid, 'select, insert, update, delete, truncate')`
    expect(names(rights)).toEqual([])
    await expect(app`select * from events_rest`).rejects.toMatchObject({ code: '42501' })
  })

  it('cannot change or delete what is written once', async () => {
    for (const table of ['events', 'event_payloads', 'event_timings', 'user_history']) {
      await expect(app`delete from ${app(table)}`, table).rejects.toMatchObject({ code: '42501' })
      await expect(app`update ${app(table)} set org_id = org_id`, table).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('calls no function with the rights of another role', async () => {
    const definer = await owner`
      select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`
    expect(names(definer)).toEqual([])
  })
})

describe('one connection, one org at a time', () => {
  const inOrg = (orgId: string, fn: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    app.begin(async (tx) => {
      await tx.unsafe(`set local app.org_id = '${orgId}'`)
      return fn(tx)
    })
  const [porter, rabbit] = [() => orgs[0] ?? '', () => orgs[1] ?? '']

  it('without the setting there are no rows, in any tenant table', async () => {
    for (const { name, partition } of await tenantTables()) {
      if (partition || GLOBAL.includes(name)) continue
      expect(await app`select 1 from ${app(name)} limit 1`, name).toHaveLength(0)
    }
  })

  it('with it there are that org’s rows only', async () => {
    await inOrg(porter(), async (tx) => {
      expect(await tx`select distinct org_id from events`).toEqual([{ org_id: porter() }])
      expect(await tx`select org_id from orgs`).toEqual([{ org_id: porter() }])
      expect(await tx`select 1 from orgs where org_id = ${rabbit()}`).toHaveLength(0)
      expect((await tx`update orgs set name = 'x' where org_id = ${rabbit()}`).count).toBe(0)
      expect((await tx`delete from orgs where org_id = ${rabbit()}`).count).toBe(0)
    })
  })

  it.each([
    [
      'a row',
      (tx: postgres.TransactionSql, org: string) => tx`insert into orgs (org_id, slug, name) values (${org}, 'x', 'x')`,
    ],
    [
      'a slug',
      (tx: postgres.TransactionSql, org: string) => tx`insert into org_slugs (slug, org_id) values ('stolen', ${org})`,
    ],
    [
      'a domain',
      (tx: postgres.TransactionSql, org: string) => tx`insert into domains values ('stolen.example', ${org}, now())`,
    ],
  ])('%s for another org is refused', async (_, insert) => {
    await expect(inOrg(porter(), (tx) => insert(tx, rabbit()))).rejects.toMatchObject({ code: '42501' })
    await expect(app.begin((tx) => insert(tx, rabbit()))).rejects.toMatchObject({ code: '42501' })
  })

  it('another org’s slug and domain cannot be changed or deleted', async () => {
    await inOrg(porter(), async (tx) => {
      expect((await tx`update org_slugs set slug = 'taken' where org_id = ${rabbit()}`).count).toBe(0)
      expect((await tx`delete from org_slugs where org_id = ${rabbit()}`).count).toBe(0)
    })
  })

  it('a row cannot be moved to another org', async () => {
    await expect(inOrg(porter(), (tx) => tx`update org_slugs set org_id = ${rabbit()}`)).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('the setting is gone after commit and after rollback', async () => {
    const setting = async () => (await app`select coalesce(current_setting('app.org_id', true), '') as org`)[0]?.org
    await inOrg(porter(), (tx) => tx`select 1`)
    expect(await setting()).toBe('')
    await expect(inOrg(porter(), (tx) => tx`select 1/0`)).rejects.toThrow()
    expect(await setting()).toBe('')
    await app`select record_events(${porter()}::uuid, '[]'::jsonb)`
    expect(await setting()).toBe('')
    expect(await app`select 1 from events limit 1`).toHaveLength(0)
  })

  it('a function for one org refuses inside a transaction of another', async () => {
    await expect(
      inOrg(porter(), (tx) => tx`select record_events(${rabbit()}::uuid, '[]'::jsonb)`),
    ).rejects.toMatchObject({ code: '42501' })
  })
})
