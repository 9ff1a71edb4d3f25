import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { citusStep } from './citus'

const owner = postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 1 })
afterAll(() => owner.end())

const calls = (step: string, name: string) =>
  [...step.matchAll(new RegExp(`select ${name}\\('([^']+)'`, 'g'))].map(([, what]) => what)

test('the Citus step names every table once, parents first, and every function that takes the org', async () => {
  const step = await citusStep(owner, 'rollcall_app')
  const tables = calls(step, 'create_distributed_table')
  const all = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`
  expect([...tables, ...calls(step, 'create_reference_table')].sort()).toEqual(all.map(({ name }) => name).sort())
  expect(tables[0]).toBe('orgs')
  const parents = await owner<{ child: string; parent: string }[]>`
    select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace
      and conrelid not in (select inhrelid from pg_inherits)`
  expect(parents.length).toBeGreaterThan(10)
  expect(parents.filter(({ child, parent }) => tables.indexOf(parent) >= tables.indexOf(child))).toEqual([])
  const functions = calls(step, 'create_distributed_function')
  for (const name of ['save_user', 'save_group', 'find_user', 'find_group', 'record_events', 'enter_org'])
    expect(
      functions.some((each) => each?.startsWith(`${name}(uuid`)),
      name,
    ).toBe(true)
  expect(step).toContain(`alter role "rollcall_app" set citus.propagate_set_commands = 'local'`)
})
