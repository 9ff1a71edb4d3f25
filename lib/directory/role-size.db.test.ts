import { and, count, eq, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { users } from '@/db/schema'
import { userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { makeTestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { setOrgRoles } from './org-roles'
import { previewMapping, saveMapping } from './role-mappings'
import { createGroup, type GroupWrite, patchGroup, replaceGroup } from './scim-groups'
import { makeCrowd } from './test/crowd'

const PEOPLE = process.env.ROLLCALL_LONG === '1' ? 50_000 : 5_000

afterAll(shutdown)

test(`a mapped group of ${PEOPLE.toLocaleString('en-US')}: preview, mapping, PUT, rename and a new default each in one commit`, async () => {
  const org = await makeTestOrg('Porter')
  const { orgId } = org
  const ids = await makeCrowd(org, PEOPLE)
  const okta: GroupWrite = { org, actor: { kind: 'okta', tokenId: 'test' }, options: { mode: 'okta' } }
  const ctx = { org, actor: { kind: 'system' } } as const
  const { row } = await createGroup(okta, { displayName: 'Everyone' })
  const everyone = ids.map((value) => ({ value }))
  const newest = async () => (await listEvents(orgId, { limit: 1 })).events[0]
  const roles = (role: 'manager' | 'admin' | 'member') =>
    withOrg(orgId, (tx) => tx.$count(users, and(eq(users.orgId, orgId), eq(users.role, role))))
  const times: string[] = []
  const timed = async <T>(name: string, run: () => Promise<T>) => {
    const started = performance.now()
    const done = await run()
    times.push(`${name} ${Math.round(performance.now() - started)} ms`)
    return done
  }

  await saveMapping(ctx, row.id, 'manager')
  await timed('PUT', () => replaceGroup(okta, row.id, { displayName: 'Everyone', members: everyone }))
  expect(await newest()).toMatchObject({
    effects: { membersAdded: PEOPLE, roleMoves: [{ from: 'member', to: 'manager', n: PEOPLE }] },
  })
  expect(await roles('manager')).toBe(PEOPLE)
  await timed('the same PUT', () => replaceGroup(okta, row.id, { displayName: 'Everyone', members: everyone }))
  expect(await newest()).toMatchObject({ outcome: 'skipped' })

  const preview = await timed('preview', () => previewMapping(orgId, row.id, 'admin'))
  expect(preview).toMatchObject({ total: PEOPLE, byRole: [{ from: 'manager', to: 'admin', n: PEOPLE }] })
  expect(preview?.people).toHaveLength(20)
  await timed('mapping', () => saveMapping(ctx, row.id, 'admin'))
  expect(await roles('admin')).toBe(PEOPLE)

  const rename = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }
  await timed('rename', () =>
    patchGroup(okta, row.id, { ...rename, Operations: [{ op: 'replace', value: { displayName: 'All' } }] }),
  )
  await timed('no mapping', () => saveMapping(ctx, row.id, null))
  await timed('default role', () => setOrgRoles(ctx, { scimRoles: [], defaultRole: 'manager' }))
  expect(await roles('manager')).toBe(PEOPLE)

  const [histories] = await withOrg(orgId, (tx) =>
    tx
      .select({ n: count() })
      .from(userHistory)
      .where(and(eq(userHistory.orgId, orgId), sql`${userHistory.diff} @> '[{"path": "role"}]'`)),
  )
  expect(histories?.n).toBe(4 * PEOPLE)
  process.stdout.write(`${PEOPLE.toLocaleString('en-US')} in a mapped group: ${times.join(', ')}\n`)
}, 240_000)
