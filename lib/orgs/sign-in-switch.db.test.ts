import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idpLinks, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser } from '@/lib/directory/scim-users'
import { getEvent } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { getConnection, putConnection } from './connections'
import { countForeignLinks, forgetForeignLinks, setSignIn } from './sign-in-switch'

let org: TestOrg
let other: TestOrg
beforeAll(async () => {
  org = await makeTestOrg('Porter')
  other = await makeTestOrg('White Rabbit')
})
afterAll(shutdown)

const actor = { kind: 'user', id: '01900000-0000-7000-8000-000000000001', name: 'Ann' } as const
let n = 0
async function link(to: TestOrg, issuer: string) {
  const write = { org: to, actor: { kind: 'okta', tokenId: 't' } as const, options: { mode: 'okta' as const } }
  const { row } = await createUser(write, { userName: `p${++n}@${to.domain}`, externalId: `00u${n}` })
  const { orgId } = to
  await withOrg(orgId, (tx) => tx.insert(idpLinks).values({ orgId, userId: row.id, issuer, sub: `00u${n}` }))
}
const linksOf = ({ orgId }: TestOrg) =>
  withOrg(orgId, (tx) => tx.select({ issuer: idpLinks.issuer }).from(idpLinks).where(eq(idpLinks.orgId, orgId)))

test('sign-in goes off and on with an event each, and once only', async () => {
  const off = await setSignIn({ org, actor }, 'off')
  if (!off.ok || !off.eventId) throw new Error('not switched')
  expect(await getEvent(org.orgId, off.eventId)).toMatchObject({
    type: 'connection.changed',
    actorName: 'Ann',
    diff: [{ path: 'signIn', before: 'on', after: 'off' }],
  })
  expect((await getConnection(org.orgId))?.signIn).toBe('off')
  expect(await setSignIn({ org, actor }, 'off')).toEqual({ ok: true, eventId: null })
  expect(await setSignIn({ org, actor }, 'on')).toMatchObject({ ok: true, eventId: expect.any(String) })
  expect((await getConnection(other.orgId))?.signIn).toBe('on')
})

test('only links of other issuers are forgotten, of this org alone; accounts and sessions stay', async () => {
  const issuer = 'https://new.okta.com'
  await putConnection(org.orgId, { issuer, clientId: 'c', clientSecret: 's' })
  for (const from of ['https://old.okta.com', 'https://older.okta.com', issuer]) await link(org, from)
  await link(other, 'https://old.okta.com')
  const { orgId } = org
  const people = () => withOrg(orgId, (tx) => tx.select().from(users).where(eq(users.orgId, orgId)))
  const before = await people()
  expect(await countForeignLinks(orgId)).toBe(2)
  const done = await forgetForeignLinks({ org, actor })
  if (!done.ok || !done.eventId) throw new Error('not forgotten')
  expect(await linksOf(org)).toEqual([{ issuer }])
  expect(await linksOf(other)).toHaveLength(1)
  expect(await people()).toEqual(before)
  expect((await getEvent(orgId, done.eventId))?.diff).toEqual([{ path: 'signInLinks', before: 2, after: 0 }])
  expect(await forgetForeignLinks({ org, actor })).toEqual({ ok: true, eventId: null })
  expect(await countForeignLinks(orgId)).toBe(0)
})
