import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { type LogoutIssuer, startLogoutIssuer } from '@/lib/auth/test/logout-issuer'
import { universalLogout } from '@/lib/auth/universal-logout'
import { putConnection } from '@/lib/orgs/connections'
import { shutdown } from '@/lib/process'
import { scimApp } from '@/lib/scim-api/app'
import { oktaUser, send } from '@/lib/scim-api/test/client'
import { setEnvironment } from '@/lib/test-process'
import { findCase, type LabCase, listCases } from './cases'
import { fire, holds } from './fire'
import { type Ground, type Keys, prepare } from './ground'
import { sender } from './send'
import type { Standing } from './standing'
import { readVictim } from './victim'
import { breach } from './walls'

/**
 * Every combination of the lab on a real Postgres, with three, two and one of the walls. In the short form all of them
 * meet row-level security alone, and one of each kind the other walls; lib/scim-api/other-company.db.test.ts holds
 * every route to all three.
 */
const isLong = process.env.ROLLCALL_LONG === '1'
const http = sender((request) => {
  const [, slug] = /\/api\/orgs\/([^/]+)\/global-token-revocation$/.exec(new URL(request.url).pathname) ?? []
  return slug ? universalLogout(request, slug) : scimApp.fetch(request)
})

let porter: TestOrg
let rabbit: TestOrg
let ground: Ground
let issuers: LogoutIssuer[] = []

beforeAll(async () => {
  const [ours, theirs] = [await startLogoutIssuer('/oauth2/porter'), await startLogoutIssuer('')]
  issuers = [ours, theirs]
  setEnvironment({ ROLLCALL_ISSUER_ALLOW: issuers.map(({ issuer }) => new URL(issuer).origin).join(',') })
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  const client = { clientId: 'client', clientSecret: 'secret' }
  await putConnection(porter.orgId, { issuer: ours.issuer, ...client })
  await putConnection(rabbit.orgId, { issuer: theirs.issuer, ...client })
  ground = {
    attacker: { org: porter, token: porter.token, keys: keysOf(ours) },
    victim: { org: rabbit, token: rabbit.token },
  }
  await send(porter, 'POST', '/Users', oktaUser(`adam@${porter.domain}`))
  await send(rabbit, 'POST', '/Users', oktaUser(`alice@${rabbit.domain}`, { displayName: 'Alice Liddell' }))
})
afterAll(async () => {
  for (const issuer of issuers) issuer.close()
  await shutdown()
})

/** A session is a matter of pages, which e2e/pages/lab.spec.ts asks for; with fewer walls nobody looks at one. */
const keysOf = (issuer: LogoutIssuer): Keys => ({
  logoutToken: (aud) => issuer.sign({ aud }),
  visit: () => Promise.reject(new Error('nobody signs in here')),
})

const all = listCases()
const overHttp = all.filter(({ door }) => door === 'scim' || door === 'logout')
const oneOfEach = (cases: LabCase[]) => [...new Map(cases.map((each) => [`${each.door} ${each.wrong}`, each])).values()]
const called = (each: LabCase): [string, LabCase] => [each.slug, each]

/** A logout token that is not believed is told where it arrived; nobody knows whose it was. */
const stays = ({ door, wrong }: LabCase, standing: Standing) =>
  door === 'logout' && wrong === 'address' && standing === 3

async function holdsAgainst(each: LabCase, standing: Standing) {
  const fired = await fire(ground, each, standing, http)
  expect(fired, JSON.stringify(fired.answer)).toMatchObject({ same: true, unchanged: true })
  expect(holds(fired)).toBe(true)
  expect(fired.before.person).toMatchObject({ userName: `alice@${rabbit.domain}`, active: true })
  expect(JSON.stringify(fired.answer.body)).not.toMatch(/Alice|Tea party/)
  // A page or action that is asked leaves no event; a key that is used does, unless nothing at all could be written.
  if (each.door === 'logout' && standing === 1) expect(fired.database).toMatch(/row-level security/)
  else if (each.door === 'scim' || each.door === 'logout')
    expect(fired.logged.map(({ slug }) => slug)).toContain(stays(each, standing) ? rabbit.slug : porter.slug)
  return fired
}

describe('with row-level security alone, told to ask for the victim’s rows', () => {
  test.each(all.map(called))('%s is answered as if nobody were there', async (_, each) => {
    const fired = await holdsAgainst(each, 1)
    expect(['rls', 'nothing']).toContain(fired.refuser)
    // Nobody is listed, and nobody is made: what is asked for is another company's, and what is visible is one's own.
    expect(fired.cleared).toEqual([])
  })

  test('a write that needs no row to be found is refused by Postgres itself', async () => {
    const fired = await holdsAgainst(caseOf('post-users.domain'), 1)
    expect(fired.database).toBe('app.org_id is already set to another org')
  })
})

describe('without the route guard', () => {
  test.each((isLong ? all : oneOfEach(all)).map(called))('%s meets the scope of the query', async (_, each) => {
    const fired = await holdsAgainst(each, 2)
    expect(['scope', 'nothing']).toContain(fired.refuser)
  })
})

describe('with all three walls', () => {
  test.each((isLong ? overHttp : oneOfEach(overHttp)).map(called))('%s is refused', async (_, each) => {
    const fired = await holdsAgainst(each, 3)
    expect(fired.refuser === 'guard').toBe(each.wrong === 'address')
    if (each.wrong === 'address' && each.door === 'scim')
      expect(fired.logged).toContainEqual(expect.objectContaining({ type: 'access.blocked' }))
  })
})

describe('what the lab shows is no accident', () => {
  test('a wall that is down in one request stands in every other at the same time', async () => {
    const each = caseOf('get-users-id.address')
    const scene = await prepare(ground, http)
    const aimed = { slug: rabbit.slug, token: porter.token, method: 'GET', path: `/Users/${scene.names.user}` }
    const [down, up] = await Promise.all([breach(ground, 1).send(aimed), http(aimed)])
    expect([down.status, up.status]).toEqual([404, 401])
    expect((await fire(ground, each, 3, http)).refuser).toBe('guard')
  })

  test('the victim’s own key, through the same opened app, does what the request says: the aim is right', async () => {
    const { names, ownGroup } = await prepare(ground, http)
    const itself = { ...ground.victim, keys: ground.attacker.keys }
    const open = breach({ attacker: itself, victim: ground.victim }, 1)
    for (const slug of ['get-users-id.id', 'patch-users-id.id', 'patch-groups-id.id', 'delete-groups-id.id']) {
      const { method, make } = caseOf(slug)
      const before = await readVictim(rabbit.orgId, names.user)
      const shot = { slug: rabbit.slug, token: rabbit.token, method, ...make(names, { group: ownGroup, fresh: 'x' }) }
      expect((await open.send(shot)).status, slug).toBeLessThan(300)
      const after = await readVictim(rabbit.orgId, names.user)
      expect(after.digest === before.digest, slug).toBe(method === 'GET')
    }
  })

  test('a nested transaction of another company is still refused by withOrg', async () => {
    const nested = withOrg(porter.orgId, () => withOrg(rabbit.orgId, async () => 1))
    await expect(nested).rejects.toThrow('another cannot be opened')
  })
})

function caseOf(slug: string): LabCase {
  const found = findCase(slug)
  if (!found) throw new Error(`The lab has no case ${slug}`)
  return found
}
