import { expect, test } from 'vitest'
import { breaches } from './test-org-rule'

const rule = { tables: ['users', 'groups', 'group_members', 'events'], functions: ['record_events', 'find_user'] }
const users = ['users is not bound to an org']

test.each([
  ['select * from users where org_id = $1 and id = $2', []],
  ['select * from users where "users"."org_id" = $1::uuid', []],
  ['select * from users where id = $1', users],
  ['select * from users where org_id = any($1)', users],
  ['select * from users where org_id = any(array[$1::uuid])', []],
  ['select * from users where org_id = any(array[$1, $2])', users],
  ['select * from users where org_id = any(array[id])', users],
  ['select * from users where org_id <> any(array[$1])', users],
  ['select * from users where org_id = all(array[$1])', users],
  ['select * from users where org_id = $1 or active', users],
  ['select * from users where not (org_id = $1)', users],
  ['select * from users where org_id = id', users],
  ['select 1 from users u join groups g on g.org_id = u.org_id and g.id = u.id where u.org_id = $1', []],
  ['select 1 from users u join groups g on g.id = u.id where u.org_id = $1', ['groups g is not bound to an org']],
  ['select 1 from users u left join groups g on g.org_id = $1 where u.org_id = $1', []],
  [
    'select 1 from users u, groups g where u.org_id = g.org_id',
    ['users u is not bound to an org', 'groups g is not bound to an org'],
  ],
  ['select 1 from users u where u.org_id = $1 and exists (select 1 from groups g where g.org_id = u.org_id)', []],
  [
    'select 1 from users u where u.org_id = $1 and exists (select 1 from groups g where g.id = u.id)',
    ['groups g is not bound to an org'],
  ],
  ['select (select count(*) from events where org_id = $1) + (select count(*) from users)', users],
  ['select 1 from users where org_id = $1 union all select 1 from users', users],
  ['with gone as (delete from users where org_id = $1 returning id) select * from gone', []],
  ['with gone as (delete from users returning id) select * from gone', users],
  [
    'select * from (select id from users where org_id = $1 limit 5) p join users u on u.org_id = $1 and u.id = p.id',
    [],
  ],
  ['select * from (select id from users limit 5) p', users],
  ['update users set active = false where org_id = $1', []],
  ['update users set active = false where id = $1', users],
  ['update users set org_id = $1 where org_id = $1', ['org_id in a set list']],
  ['insert into users (org_id, id) values ($1, $2) on conflict do nothing', []],
  [
    'insert into users (org_id) values ($1) on conflict (org_id) do update set org_id = excluded.org_id',
    ['org_id in a set list'],
  ],
  ['insert into users (org_id, id) select org_id, id from groups', ['groups is not bound to an org']],
  ['delete from users u using groups g where u.org_id = $1 and g.org_id = u.org_id', []],
  ["select set_config('app.org_id', $1, true)", ['set_config outside a function']],
  ['select record_events($1, $2)', []],
  ['select person from find_user($1, $2)', []],
  ["select find_user($1) ->> 'id'", ['find_user is not called bare']],
  ['select slug from org_slugs where slug = $1', []],
])('%s', async (sql, found) => {
  expect(await breaches(sql, rule)).toEqual(found)
})
