import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { countUsers } from './count-users'
import { listUsers } from './list-users'
import type { UserSort } from './list-users-query'
import { createUser, type ScimWrite } from './scim-users'
import { makeCrowd } from './test/crowd'

let org: TestOrg
let write: ScimWrite
beforeAll(async () => {
  org = await makeTestOrg('Rabbit Hole', { domainPolicy: 'off' })
  write = { org, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } }
})
afterAll(shutdown)

test('a word is an externalId too: the whole of it, as it was sent or in small letters', async () => {
  for (const externalId of ['00uAbC', '00uabd'])
    await createUser(write, { userName: newId(), displayName: `Person ${externalId.length}`, externalId })
  const found = async (q: string) => {
    const { users } = await listUsers(org.orgId, { q })
    expect((await countUsers(org.orgId, { q })).all).toBe(users.length)
    return users.length
  }
  expect(await found('00uAbC')).toBe(1)
  expect(await found('person 00uABD')).toBe(1)
  expect(await found('00uAb')).toBe(0)
  expect(await found('nobody 00uAbC')).toBe(0)
})

test('people are found by an address that is not their userName, and by nothing that spans two of their texts', async () => {
  const emails = [{ value: 'Other@Hole.example', primary: true }]
  await createUser(write, { userName: 'dormouse', displayName: 'Dormouse', emails })
  const found = async (q: string) => (await listUsers(org.orgId, { q })).users.length
  expect(await found('other@hole')).toBe(1)
  expect(await found('dormousedormouse')).toBe(0)
  expect(await found('dormouseother')).toBe(0)
})

test('the longest texts of the widest letters are stored and found', async () => {
  const wide = Array.from({ length: 250 }, () => String.fromCodePoint(0x20000 + Math.floor(Math.random() * 40_000)))
  const [name, userName] = [wide.slice(0, 200).join(''), wide.join('')]
  const value = `${wide.toReversed().slice(0, 200).join('')}@hole.example`
  await createUser(write, { userName, displayName: name, emails: [{ value, primary: true }], externalId: userName })
  expect((await listUsers(org.orgId, { q: wide.slice(3, 50).join('') })).users).toHaveLength(1)
})

const sorts: UserSort[] = ['name', 'signin', 'updated', 'created']
const cases = sorts.flatMap((sort) => (['asc', 'desc'] as const).map((order) => [sort, order] as const))

test.each(cases)('by %s %s: those of the whole list that have the words, in its order', async (sort, order) => {
  const crowd = await makeTestOrg('Crowd', { domainPolicy: 'off' })
  await makeCrowd(crowd, 100)
  await withOrg(crowd.orgId, (tx) =>
    tx.execute(sql`
      update users set created_at = now() + hashtext(user_name) * interval '1 second',
        updated_at = now() + hashtext(name_key) * interval '1 second',
        last_sign_in_at = case when hashtext(id::text) % 3 <> 0 then now() + hashtext(name_key || 's') * interval '1 second' end
      where org_id = ${crowd.orgId}`),
  )
  const query = { sort, order, limit: 7 } as const
  const whole = (await listUsers(crowd.orgId, { sort, order, limit: 100 })).users
  const wanted = whole.filter(({ userName }) => userName.includes('7')).map(({ id }) => id)
  const q = '7 person'
  const seen: string[] = []
  const firsts: string[] = []
  let page = await listUsers(crowd.orgId, { ...query, q })
  for (;;) {
    seen.push(...page.users.map(({ id }) => id))
    firsts.push(page.users[0]?.id ?? '')
    if (!page.next) break
    page = await listUsers(crowd.orgId, { ...query, q, after: page.next })
  }
  expect(wanted).toHaveLength(19)
  expect(seen).toEqual(wanted)
  const before = await listUsers(crowd.orgId, { ...query, q, before: page.prev })
  expect(before.users[0]?.id).toBe(firsts.at(-2))
})
