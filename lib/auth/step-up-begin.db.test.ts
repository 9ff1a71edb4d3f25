import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestOrg } from '@/db/test-orgs'
import { patchUser } from '@/lib/directory/scim-users'
import { listEvents } from '@/lib/events/query'
import { putConnection } from '@/lib/orgs/connections'
import { cookieName } from './cookies'
import { isSteppedUp, stepUpHref } from './step-up'
import { beginStepUp } from './step-up-flow'
import { hire, scimOf, startBed } from './test/bed'
import { cookieBrowser } from './test/browser'
import { explain, stateIn, stepUpBrowser } from './test/step-up-browser'

let bed: Awaited<ReturnType<typeof startBed>>
let porter: TestOrg
let rabbit: TestOrg

beforeAll(async () => {
  bed = await startBed()
  porter = bed.porter
  rabbit = bed.rabbit
})
afterAll(() => bed.close())

const { now: browser, use, begin, comeBack } = stepUpBrowser()
const page = (org: TestOrg) => `/orgs/${org.slug}/admin/settings/provisioning`

describe('an answer that belongs to nothing open here', () => {
  const LATE = () => `http://localhost:3000/orgs/${porter.slug}/step-up?late=1`

  test('another state, another browser, an error made up by a link', async () => {
    const john = await hire(porter)
    const now = await bed.open(john)
    const address = await begin(await now(), page(porter))
    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    const mine = browser()
    use(cookieBrowser())
    expect(await comeBack(await now(), { code, state: stateIn(address) })).toBe(LATE())
    use(mine)
    expect(await comeBack(await now(), { code, state: 'another' })).toBe(LATE())
    expect(await comeBack(await now(), { error: 'access_denied', state: 'another' })).toBe(LATE())
    expect(isSteppedUp(await now())).toBe(false)
    expect(bed.okta.asked.some((form) => form.get('code') === code)).toBe(false)
  })

  test('another session of the same person, and another person', async () => {
    const john = await hire(porter)
    const [now, next] = [await bed.open(john), await bed.open(john)]
    for (const other of [next, await bed.open(await hire(porter))]) {
      const address = await begin(await now(), page(porter))
      const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
      expect(await comeBack(await other(), { code, state: stateIn(address) })).toBe(LATE())
      expect(isSteppedUp(await other())).toBe(false)
    }
  })

  test('another org’s cookie under this org’s name', async () => {
    const [john, wanda] = [await hire(porter), await hire(rabbit)]
    const now = await bed.open(wanda)
    const address = await begin(await now(), page(rabbit))
    browser().put(cookieName(porter.slug, 'step-up'), browser().cookies()[cookieName(rabbit.slug, 'step-up')] ?? '')
    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    expect(await comeBack(await (await bed.open(john))(), { code, state: stateIn(address) })).toBe(LATE())
  })

  test('the answer names another issuer (RFC 9207)', async () => {
    const john = await hire(porter)
    const now = await bed.open(john)
    const address = await begin(await now(), page(porter))
    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    const where = await comeBack(await now(), { code, state: stateIn(address), iss: 'https://evil.example' })
    expect(await explain(await now(), where)).toMatchObject({ title: 'The answer came from somewhere else' })
  })

  test('Okta’s own refusal is named', async () => {
    const now = await bed.open(await hire(porter))
    const address = await begin(await now(), page(porter))
    const where = await comeBack(await now(), { error: 'access_denied', state: stateIn(address) })
    expect(await explain(await now(), where)).toMatchObject({ title: 'Okta did not confirm it' })
  })

  test('a session that ended at Okta’s meanwhile is not brought back', async () => {
    const john = await hire(porter)
    const now = await bed.open(john)
    const viewer = await now()
    const address = await begin(viewer, page(porter))
    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    await patchUser(scimOf(porter), john.id, { schemas, Operations: [{ op: 'replace', value: { active: false } }] })
    expect(await comeBack(viewer, { code, state: stateIn(address) })).toBe(LATE())
    await expect(now()).rejects.toThrow('ended')
    const { events } = await listEvents(porter.orgId, { types: ['access.stepped_up'], targetId: john.id })
    expect(events).toEqual([])
  })
})

describe('the beginning', () => {
  test.each([
    ['//evil.example/orgs/'],
    ['https://evil.example/orgs/porter'],
    ['/orgs/another/admin'],
    ['/api/me'],
    ['javascript:alert(1)'],
    ['/\\evil.example'],
    ['\t//evil.example'],
  ])('%j is no page to come back to', async (to) => {
    const john = await hire(porter)
    const now = await bed.open(john)
    const address = await begin(await now(), to)
    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    const back = await comeBack(await now(), { code, state: stateIn(address) })
    expect(back).toBe(`http://localhost:3000/orgs/${porter.slug}`)
  })

  test('a recovery session needs none, and one that is fresh leads straight on', async () => {
    const now = await bed.open(await hire(porter), 'recovery')
    expect(isSteppedUp(await now())).toBe(true)
    expect(await begin(await now(), page(porter))).toBe(`http://localhost:3000${page(porter)}`)
  })

  test('a script is told to navigate, and another site gets the page with the link', async () => {
    const now = await bed.open(await hire(porter))
    const viewer = await now()
    const path = stepUpHref(porter.slug, page(porter))
    const own = { 'sec-fetch-site': 'same-origin' }
    const byScript = await beginStepUp(
      browser().request(path, { ...own, 'sec-fetch-dest': 'empty' }),
      viewer,
      page(porter),
    )
    expect([byScript.status, byScript.headers.getSetCookie()]).toEqual([200, []])
    const foreign = browser().request(path, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })
    const led = await beginStepUp(foreign, viewer, page(porter))
    expect(led.headers.get('location')).toContain(`/orgs/${porter.slug}/step-up?to=`)
    expect(led.headers.getSetCookie()).toEqual([])
  })

  test('no connection, another issuer since the sign-in, an Okta that is away: each is named', async () => {
    const john = await bed.open(await hire(porter))
    await putConnection(porter.orgId, { issuer: 'http://localhost:9', clientId: 'client', clientSecret: 'secret' })
    expect(await explain(await john(), await begin(await john(), page(porter)))).toMatchObject({
      title: 'You signed in with another Okta',
    })
    await putConnection(porter.orgId, { issuer: bed.okta.issuer, clientId: 'client', clientSecret: 'secret' })
    await bed.okta.authorize('http://localhost/', { discovered: 'https://evil.example' })
    expect(await explain(await john(), await begin(await john(), page(porter)))).toMatchObject({
      title: 'The answer came from somewhere else',
    })
    await bed.okta.authorize('http://localhost/')
  })
})
