import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { admit } from '@/lib/auth/admit'
import { getEvent } from '@/lib/events/query'
import { getOrg } from '@/lib/orgs/orgs'
import { updateSettings } from '@/lib/orgs/settings'
import { shutdown } from '@/lib/process'
import { ScimError } from '@/lib/scim/errors'
import { createLocalUser } from './local'
import { createUser, deleteUser, patchUser, replaceUser, type ScimWrite } from './scim-users'

let porter: TestOrg
let write: ScimWrite
afterAll(shutdown)

type Policy = 'off' | 'warn' | 'enforce'
async function policy(domainPolicy: Policy) {
  await updateSettings({ org: porter, actor: { kind: 'system' } }, { domainPolicy })
  const org = (await getOrg(porter.orgId)) ?? porter
  write = { org, actor: { kind: 'okta', tokenId: 'test' }, options: { mode: 'okta' } }
}
beforeEach(async () => {
  porter = await makeTestOrg('Porter')
  await policy('enforce')
})

let n = 0
const inside = () => `p${++n}@${porter.domain}`
const outside = () => `p${++n}@elsewhere.example`
const patch = (value: Record<string, unknown>) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value }],
})
const email = (value: string) => [{ value, type: 'work', primary: true }]
const refusal = (run: Promise<unknown>) =>
  run.then(
    () => 'passed' as const,
    (error: unknown) => (error instanceof ScimError ? error : Promise.reject(error)),
  )
/** Somebody outside who was here before the policy. */
async function veteran(rest: Record<string, unknown> = {}) {
  await policy('off')
  const { row } = await createUser(write, { userName: outside(), ...rest })
  await policy('enforce')
  return row
}

describe('enforce', () => {
  test.each([
    ['a userName', () => ({ userName: outside() })],
    ['a primary e-mail', () => ({ userName: inside(), emails: email(outside()) })],
    ['a subdomain', () => ({ userName: `x@mail.${porter.domain}` })],
    ['a domain that ends alike', () => ({ userName: `x@not${porter.domain}` })],
    ['no address at all', () => ({ userName: `employee-${++n}` })],
    ['somebody not active yet', () => ({ userName: outside(), active: false })],
  ])('refuses to create %s outside, with a sentence that names address, domains and what to do', async (_, body) => {
    const said = body()
    const error = await refusal(createUser(write, said))
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' })
    const detail = error instanceof ScimError ? error.detail : ''
    expect(detail).toContain(porter.domain)
    expect(detail).toContain('Settings, Domains')
  })

  test.each([
    ['an address inside', () => ({ userName: inside() })],
    ['an address in capitals', () => ({ userName: `P${++n}@${porter.domain.toUpperCase()}` })],
    ['an employee number with an e-mail inside', () => ({ userName: `nr-${++n}`, emails: email(inside()) })],
    ['a second e-mail outside', () => ({ userName: inside(), emails: [...email(inside()), { value: outside() }] })],
  ])('lets in %s', async (_, body) => {
    expect((await createUser(write, body())).row.active).toBe(true)
  })

  test('refuses PUT and PATCH that move an address outside', async () => {
    const { row } = await createUser(write, { userName: inside() })
    expect(await refusal(replaceUser(write, row.id, { userName: outside() }))).toMatchObject({ status: 400 })
    expect(await refusal(patchUser(write, row.id, patch({ userName: outside() })))).toMatchObject({ status: 400 })
    expect(await refusal(patchUser(write, row.id, patch({ emails: email(outside()) })))).toMatchObject({ status: 400 })
  })

  test('leaves alone who was here before: no-ops, titles, roles', async () => {
    const row = await veteran()
    expect((await replaceUser(write, row.id, { userName: row.userName })).changed).toBe(false)
    expect((await patchUser(write, row.id, patch({ title: 'Chief' }))).changed).toBe(true)
    expect(await refusal(patchUser(write, row.id, patch({ userName: outside() })))).toMatchObject({ status: 400 })
    expect((await patchUser(write, row.id, patch({ userName: inside() }))).changed).toBe(true)
  })

  test('a leaver always leaves, whatever the address, by PATCH, PUT and DELETE', async () => {
    const [a, b, c] = [await veteran(), await veteran(), await veteran()]
    expect((await patchUser(write, a.id, patch({ active: false }))).row.active).toBe(false)
    const moved = { userName: outside(), active: false }
    expect((await replaceUser(write, b.id, moved)).row.active).toBe(false)
    expect((await deleteUser(write, c.id)).row.active).toBe(false)
  })

  test('coming back is coming in', async () => {
    const row = await veteran({ externalId: `00u${++n}` })
    await patchUser(write, row.id, patch({ active: false }))
    expect(await refusal(patchUser(write, row.id, patch({ active: true })))).toMatchObject({ status: 400 })
    const again = createUser(write, { userName: row.userName, externalId: row.externalId })
    expect(await refusal(again)).toMatchObject({ status: 400 })
  })

  test('holds for people added by hand', async () => {
    const address = outside()
    const person = { userName: address, displayName: 'Ann', email: address, manualRole: null }
    expect(await refusal(createLocalUser(porter.orgId, person, { kind: 'system' }))).toMatchObject({ status: 400 })
  })
})

describe('warn', () => {
  beforeEach(() => policy('warn'))

  test('lets pass and says so in the event', async () => {
    const { eventId } = await createUser(write, { userName: outside() })
    const event = await getEvent(porter.orgId, eventId)
    expect(event).toMatchObject({ outcome: 'success', effects: { outsideDomain: 'elsewhere.example' } })
    expect(event?.trace).toContainEqual(expect.objectContaining({ step: 'policy', outcome: 'skipped' }))
  })

  test('says nothing of who is inside, or was here and did not move', async () => {
    const { row, eventId } = await createUser(write, { userName: inside() })
    expect((await getEvent(porter.orgId, eventId))?.effects ?? {}).not.toHaveProperty('outsideDomain')
    const later = await patchUser(write, row.id, patch({ title: 'Chief' }))
    expect((await getEvent(porter.orgId, later.eventId))?.effects ?? {}).not.toHaveProperty('outsideDomain')
  })
})

test.each([
  ['outside', () => outside(), 'refused'],
  ['inside', () => inside(), 'admitted'],
])('JIT lets nobody in who is outside: %s', async (_, address, kind) => {
  const org = { ...write.org, jit: true }
  const result = await admit(org, { issuer: 'https://okta.test', sub: `sub${++n}`, email: address() })
  expect(result.kind).toBe(kind)
  if (result.kind === 'refused') expect(result.reason).toBe('outside_domain')
})

test('off asks nobody', async () => {
  await policy('off')
  const { eventId } = await createUser(write, { userName: outside() })
  expect((await getEvent(porter.orgId, eventId))?.effects ?? {}).not.toHaveProperty('outsideDomain')
})

test('another org’s verified domain is outside like any other', async () => {
  const rabbit = await makeTestOrg('White Rabbit')
  expect(await refusal(createUser(write, { userName: `x@${rabbit.domain}` }))).toMatchObject({ status: 400 })
})
