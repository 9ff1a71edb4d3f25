import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idpLinks, sessions, users } from '@/db/schema'
import { eventPayloads, events, userHistory } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { getEvent, listEvents } from '@/lib/events/query'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { createLocalUser } from './local'
import { createUser, deleteUser, patchUser, replaceUser, type ScimWrite } from './scim-users'

let porter: TestOrg
let write: ScimWrite

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  write = { org: porter, actor: { kind: 'okta', tokenId: 'test' }, options: { mode: 'okta' } }
})
afterAll(shutdown)

let n = 0
const body = (rest: Record<string, unknown> = {}) => ({
  userName: `person${++n}@porter.example`,
  externalId: `00u${n}`,
  ...rest,
})
const patch = (value: Record<string, unknown>) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value }],
})
const latest = async () => (await listEvents(porter.orgId, { limit: 1 })).events[0]

async function signInTimes(userId: string, times: number) {
  const { orgId } = porter
  await withOrg(orgId, async (tx) => {
    await tx.insert(idpLinks).values({ orgId, userId, issuer: 'https://porter.okta.com', sub: `sub-${userId}` })
    for (let i = 0; i < times; i++) {
      const expiresAt = new Date(Date.now() + 60_000)
      await tx.insert(sessions).values({ orgId, id: newId(), userId, tokenHash: randomBytes(32), epoch: 1, expiresAt })
    }
  })
}

const openSessions = (userId: string) =>
  withOrg(porter.orgId, async (tx) => {
    const mine = and(eq(sessions.orgId, porter.orgId), eq(sessions.userId, userId))
    return (await tx.select().from(sessions).where(mine)).filter((s) => s.endedAt === null).length
  })

const linkOf = (userId: string) =>
  withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(idpLinks)
      .where(and(eq(idpLinks.orgId, porter.orgId), eq(idpLinks.userId, userId))),
  )

test('leaving ends every session in the same commit, raises the epoch, and the event counts them', async () => {
  const { row } = await createUser(write, body())
  await signInTimes(row.id, 3)
  const left = await patchUser(write, row.id, patch({ active: false }))
  expect(left.sessionsEnded).toBe(3)
  expect(await openSessions(row.id)).toBe(0)
  expect(await latest()).toMatchObject({ type: 'user.deactivated', effects: { sessionsEnded: 3 } })
  const [stored] = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, porter.orgId), eq(users.id, row.id))),
  )
  expect(stored?.sessionEpoch).toBe(2)
  expect(await linkOf(row.id)).toHaveLength(1)
})

test.each([
  ['PATCH', (id: string, name: string) => patchUser(write, id, patch({ externalId: `moved-${name}` }))],
  [
    'PUT',
    (id: string, name: string) => replaceUser(write, id, { userName: name, externalId: `moved-${name}`, active: true }),
  ],
])(
  '%s with another externalId clears the sign-in link and ends sessions: a recycled address inherits nothing',
  async (_, change) => {
    const { row } = await createUser(write, body())
    await signInTimes(row.id, 1)
    await change(row.id, row.userName)
    expect(await linkOf(row.id)).toHaveLength(0)
    expect(await openSessions(row.id)).toBe(0)
    expect(await latest()).toMatchObject({ type: 'user.relinked', effects: { linkCleared: true, sessionsEnded: 1 } })
  },
)

test('an externalId that is the linked sub keeps the link: the same person, now known by both names', async () => {
  const { row } = await createUser(write, body({ externalId: undefined }))
  await signInTimes(row.id, 1)
  await patchUser(write, row.id, patch({ externalId: `sub-${row.id}` }))
  expect(await linkOf(row.id)).toHaveLength(1)
  expect(await openSessions(row.id)).toBe(1)
})

test('a SCIM role the org switched on promotes, its removal demotes, and both are in the diff', async () => {
  const { row } = await createUser(write, body())
  expect(row.role).toBe('member')
  const up = await patchUser(write, row.id, patch({ roles: [{ value: 'manager' }] }))
  expect(up.row).toMatchObject({ role: 'manager', roleReasons: [{ by: 'scim-role', value: 'manager' }] })
  expect(await latest()).toMatchObject({ effects: { roleBefore: 'member', roleAfter: 'manager' } })
  expect((await patchUser(write, row.id, patch({ roles: [] }))).row.role).toBe('member')
})

test('the last owner leaves when Okta says so, and the effect tells it', async () => {
  const actor = { kind: 'system' } as const
  const owner = {
    userName: 'boss@porter.example',
    displayName: 'Boss',
    email: 'boss@porter.example',
    manualRole: 'owner',
  } as const
  const { row } = await createLocalUser(porter.orgId, owner, actor)
  await patchUser(write, row.id, patch({ active: false }))
  expect(await latest()).toMatchObject({ type: 'user.deactivated', effects: { lastOwnerLeft: true } })
})

test('DELETE takes the link, keeps the history, and frees the name', async () => {
  const { row } = await createUser(write, body())
  await signInTimes(row.id, 1)
  await deleteUser(write, row.id)
  expect(await linkOf(row.id)).toHaveLength(0)
  const history = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(userHistory)
      .where(and(eq(userHistory.orgId, porter.orgId), eq(userHistory.userId, row.id))),
  )
  expect(history).toHaveLength(2)
})

test.each([null, ''])(
  'PUT with active %j on a leaver says nothing about it: nobody is revived by an empty field',
  async (active) => {
    const { row } = await createUser(write, body())
    await patchUser(write, row.id, patch({ active: false }))
    const put = await replaceUser(write, row.id, { userName: row.userName, active, externalId: null })
    expect(put.row).toMatchObject({ active: false, externalId: row.externalId })
  },
)

test('ten writers of one person at once: nothing is lost, each change is one version', async () => {
  const { row } = await createUser(write, body())
  const parts = ['title', 'nickName', 'locale', 'timezone', 'userType']
  await Promise.all(parts.map((name) => patchUser(write, row.id, patch({ [name]: `new ${name}` }))))
  const [stored] = await withOrg(porter.orgId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, porter.orgId), eq(users.id, row.id))),
  )
  expect(stored?.version).toBe(1 + parts.length)
  expect(stored?.attributes).toMatchObject(Object.fromEntries(parts.map((name) => [name, `new ${name}`])))
})

test('no user without its event: when the event cannot be written, neither is the user', async () => {
  const owner = postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 1 })
  const name = `ghost${++n}@porter.example`
  await owner`alter table events add constraint no_events_now check (target_name <> 'Ghost') not valid`
  try {
    await expect(createUser(write, { userName: name, displayName: 'Ghost' })).rejects.toThrow()
  } finally {
    await owner`alter table events drop constraint no_events_now`
    await owner.end()
  }
  const left = await withOrg(porter.orgId, async (tx) => ({
    users: await tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, porter.orgId), eq(users.userName, name))),
    events: await tx
      .select()
      .from(events)
      .where(and(eq(events.orgId, porter.orgId), eq(events.targetName, 'Ghost'))),
  }))
  expect(left).toEqual({ users: [], events: [] })
})

test('the password Okta sends is in no column: not the user, not the event, not its payload', async () => {
  const { eventId } = await createUser(
    { ...write, request: { body: { password: 'Hunter2-Hunter2' } } },
    body({ password: 'Hunter2-Hunter2' }),
  )
  expect(JSON.stringify(await getEvent(porter.orgId, eventId))).not.toContain('Hunter2')
  const payloads = await withOrg(porter.orgId, (tx) =>
    tx.select().from(eventPayloads).where(eq(eventPayloads.orgId, porter.orgId)),
  )
  expect(JSON.stringify(payloads)).not.toContain('Hunter2')
})
