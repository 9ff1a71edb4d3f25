import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { saveMapping } from '@/lib/directory/role-mappings'
import { flushEvents } from '@/lib/events/record'
import { setProvisioningState } from '@/lib/orgs/provisioning-state'
import { diagnose, LIGHTS } from '@/lib/orgs/setup'
import { getSetup } from '@/lib/orgs/setup-facts'
import { stepOf, stepsDone } from '@/lib/orgs/setup-steps'
import { createToken } from '@/lib/orgs/tokens'
import { shutdown } from '@/lib/process'
import { oktaUser, send } from './test/client'

/** What the setup pages tell, from requests the real handlers answered. */
let porter: TestOrg
let rabbit: TestOrg
const ctx = () => ({ org: porter, actor: { kind: 'system' } as const })
afterAll(shutdown)
beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
})

const baseUrl = () => `https://rollcall.example/scim/v2/${porter.slug}`
async function look() {
  await flushEvents()
  const setup = await getSetup(porter.orgId, baseUrl())
  return { lit: LIGHTS.filter((light) => setup.seen[light]), wrong: diagnose(setup).map(({ what }) => what), setup }
}
const list = (as: { token: string }) => send(porter, 'GET', '/Users?startIndex=1&count=2', undefined, { as })

test('each mistake is named until a request comes that is right', async () => {
  expect(await look()).toMatchObject({ lit: [], wrong: [] })
  const { token } = porter
  for (const wrong of [
    `${token.slice(0, 30)} ${token.slice(30)}`,
    `Bearer ${token}`,
    token.slice(0, 60),
    rabbit.token,
  ]) {
    expect((await list({ token: wrong })).status).toBe(401)
  }
  const { lit, wrong } = await look()
  expect(lit).toEqual([])
  for (const name of [/another organization/, /Bearer .* twice/, /space or/, /a part/]) {
    expect(wrong).toContainEqual(expect.stringMatching(name))
  }
  expect(wrong).toHaveLength(4)

  expect((await send(rabbit, 'GET', '/Users', undefined, { as: porter })).status).toBe(401)
  expect((await look()).wrong).toEqual([expect.stringMatching(new RegExp(`wrong address.*${rabbit.slug}`))])

  expect((await list(porter)).status).toBe(200)
  expect(await look()).toMatchObject({ lit: ['test'], wrong: [] })
})

test('a pause is named while it lasts', async () => {
  await setProvisioningState(ctx(), 'paused')
  expect((await list(porter)).status).toBe(403)
  expect((await look()).wrong).toEqual([expect.stringMatching(/paused/)])
  await setProvisioningState(ctx(), 'active')
  expect((await look()).wrong).toEqual([])
})

test('the lights follow Okta: look-up, person, group, role; a duplicate is named', async () => {
  const login = `john@${porter.domain}`
  await send(porter, 'GET', `/Users?filter=${encodeURIComponent(`userName eq "${login}"`)}`)
  expect((await look()).lit).toEqual(['test', 'lookup'])
  expect((await send(porter, 'POST', '/Users', oktaUser(login))).status).toBe(201)
  expect((await look()).lit).toEqual(['test', 'lookup', 'person'])
  expect((await send(porter, 'POST', '/Users', oktaUser(login, { externalId: '00uother' }))).status).toBe(409)
  expect((await look()).wrong).toEqual([expect.stringMatching(/userName already/)])
  const group = await send(porter, 'POST', '/Groups', { displayName: 'Managers', members: [] })
  expect(group.status).toBe(201)
  await saveMapping(ctx(), String(group.body.id), 'manager')
  const { lit, setup } = await look()
  expect(lit).toEqual([...LIGHTS])
  expect(stepsDone(setup)).toEqual(['idp', 'provisioning', 'listen'])
  expect(stepOf(undefined, stepsDone(setup))).toBe('sign-in')
})

test('who came without a surname is told until Okta sends one', async () => {
  const login = `cy@${porter.domain}`
  const created = await send(porter, 'POST', '/Users', oktaUser(login, { name: { givenName: 'Cy' } }))
  expect(created.status).toBe(201)
  expect((await look()).wrong).toEqual([expect.stringMatching(/1 person without a surname/)])
  await send(porter, 'PUT', `/Users/${created.body.id}`, oktaUser(login))
  expect((await look()).wrong).toEqual([])
})

test('a new token is not tested before Okta has used it, and another company’s lights stay dark', async () => {
  const made = await createToken(ctx())
  if (!made.ok) throw new Error(made.sentence)
  expect((await look()).lit).not.toContain('test')
  expect((await list({ token: made.token })).status).toBe(200)
  expect((await look()).lit).toContain('test')
  const other = await getSetup(rabbit.orgId, 'https://rollcall.example/scim/v2/rabbit')
  expect(LIGHTS.filter((light) => other.seen[light])).toEqual([])
})
