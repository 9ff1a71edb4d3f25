import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openForTest, pool } from './client'
import { type EmbeddedPostgres, removePostgres, startPostgres } from './embedded'
import { assertSafeRole } from './guard'

const dir = join(mkdtempSync(join(tmpdir(), 'rollcall-embedded-')), 'postgres')
let server: EmbeddedPostgres

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 5 })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

beforeAll(async () => {
  server = await startPostgres({ dir, durable: false })
  await query(server.ownerUrl, (sql) => sql`create table kept (n int)`)
})

afterAll(async () => {
  await server.stop()
  await removePostgres(dir)
  expect(() => statSync(dir)).toThrow('ENOENT')
})

test('neither role is superuser, may bypass row-level security or holds the other’s rights', async () => {
  const rows = await query(
    server.superUrl,
    (sql) => sql`select rolname, rolsuper, rolbypassrls, rolcreatedb,
      pg_has_role('rollcall_app', 'rollcall_owner', 'member') as app_is_owner,
      pg_has_role('rollcall_owner', 'rollcall_app', 'usage') as owner_is_app
    from pg_roles where rolname like 'rollcall%' order by 1`,
  )
  const none = { rolsuper: false, rolbypassrls: false, rolcreatedb: false, app_is_owner: false, owner_is_app: false }
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { rolname: 'rollcall_app', ...none },
    { rolname: 'rollcall_owner', ...none },
  ])
})

test('the app’s role cannot create tables or read the owner’s', async () => {
  await query(server.appUrl, async (sql) => {
    await expect(sql`create table mine (n int)`).rejects.toThrow('permission denied for schema public')
    await expect(sql`select * from kept`).rejects.toThrow('permission denied for table kept')
  })
})

const as = (role: string) => {
  const url = new URL(server.superUrl)
  Object.assign(url, { username: role, pathname: '/rollcall' })
  return url.href
}
const PASSWORD = () => new URL(server.superUrl).password

test('no app starts on a role that row-level security would not hold: each is refused with its name and the cause', async () => {
  await query(as('postgres'), async (sql) => {
    await sql.unsafe(`create role bypassing login bypassrls password '${PASSWORD()}'`)
    await sql`grant connect on database rollcall to bypassing`
    await sql.unsafe(`create role deputy login in role rollcall_owner password '${PASSWORD()}'`)
    await sql.unsafe(`create table of_company (org_id uuid); alter table of_company owner to rollcall_owner`)
  })
  for (const [url, cause] of [
    [as('postgres'), '"postgres" of DATABASE_URL is a superuser'],
    [as('bypassing'), '"bypassing" of DATABASE_URL has BYPASSRLS'],
    [server.ownerUrl, '"rollcall_owner" of DATABASE_URL owns tables (of_company)'],
    [as('deputy'), '"deputy" of DATABASE_URL owns tables (of_company)'],
  ] as const) {
    openForTest({ url })
    await expect(assertSafeRole()).rejects.toThrow(cause)
  }
  openForTest({ url: server.appUrl })
  await expect(assertSafeRole()).resolves.toBeUndefined()
  await pool().end()
})

test('a wrong password is refused: nothing is trusted', async () => {
  const wrong = server.appUrl.replace(/:[^:@]+@/, ':wrong@')
  await expect(query(wrong, (sql) => sql`select 1`)).rejects.toThrow('password authentication failed')
})

test('passwords are readable by this user alone', () => {
  expect(statSync(join(dir, 'passwords.json')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).not.toContain(new URL(server.appUrl).password)
})

test('a server that a killed run left behind is stopped, its data kept', async () => {
  const left = server
  await query(left.ownerUrl, (sql) => sql`insert into kept values (1)`)
  server = await startPostgres({ dir, durable: false })
  expect(server.pid).not.toBe(left.pid)
  expect(() => process.kill(left.pid, 0)).toThrow('ESRCH')
  expect(await query(server.ownerUrl, (sql) => sql`select n from kept`)).toHaveLength(1)
})

test('a server that was killed comes back with what was committed', async () => {
  await query(server.ownerUrl, (sql) => sql`insert into kept values (2)`)
  process.kill(server.pid, 'SIGKILL')
  server = await startPostgres({ dir, durable: false })
  expect(await query(server.ownerUrl, (sql) => sql`select n from kept`)).toHaveLength(2)
})

test('a taken port is named by the server’s own words', async () => {
  const other = join(dir, '..', 'other')
  await expect(startPostgres({ dir: other, port: server.port })).rejects.toThrow('Address already in use')
  await removePostgres(other)
})
