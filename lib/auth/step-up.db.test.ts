import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { createUser, patchUser, type ScimWrite } from '@/lib/directory/scim-users'
import { listEvents } from '@/lib/events/query'
import { putConnection } from '@/lib/orgs/connections'
import { shutdown } from '@/lib/process'
import { admit } from './admit'
import { cookieName } from './cookies'
import { createSession, newSessionToken } from './create-session'
import { readSession, type Viewer } from './session'
import { isSteppedUp, stepUpHref } from './step-up'
import { beginStepUp, finishStepUp } from './step-up-flow'
import { explainStepUp } from './step-up-refusal'
import { cookieBrowser } from './test/browser'
import { type Answer, startIssuer, type TestIssuer } from './test/issuer'

let okta: TestIssuer
let porter: TestOrg
let rabbit: TestOrg
let browser: ReturnType<typeof cookieBrowser>

beforeAll(async () => {
  okta = await startIssuer()
  process.env.ROLLCALL_ISSUER_ALLOW = new URL(okta.issuer).origin
  porter = await makeTestOrg('Porter')
  rabbit = await makeTestOrg('White Rabbit')
  for (const { orgId } of [porter, rabbit]) {
    await putConnection(orgId, { issuer: okta.issuer, clientId: 'client', clientSecret: 'secret' })
  }
})
beforeEach(() => {
  browser = cookieBrowser()
})
afterAll(async () => {
  okta.close()
  await shutdown()
})

const write = (org: TestOrg): ScimWrite => ({
  org,
  actor: { kind: 'okta', tokenId: 'test' },
  options: { mode: 'okta' },
})

let n = 0
/** A person with a linked Okta identity. */
async function hire(org = porter) {
  const sub = `00u${++n}`
  const { row } = await createUser(write(org), { userName: `person${n}@${org.domain}`, externalId: sub })
  return { id: row.id, sub, org }
}
type Person = Awaited<ReturnType<typeof hire>>

/** A session of the person in a browser, and how to look at it again. */
async function open({ org, sub }: Person, kind: 'okta' | 'recovery' = 'okta') {
  const admitted = await admit(org, { issuer: okta.issuer, sub, email: null })
  if (admitted.kind !== 'admitted') throw new Error(admitted.reason)
  const token = newSessionToken(org.orgId)
  const made = await createSession(org.orgId, { token, userId: admitted.userId, epoch: admitted.epoch, kind })
  if (!made.ok) throw new Error(made.reason)
  return async (): Promise<Viewer> => {
    const state = await readSession(org.slug, token)
    if (state.kind !== 'live') throw new Error(state.kind)
    return state.viewer
  }
}

const page = (org: TestOrg) => `/orgs/${org.slug}/admin/settings/provisioning`

/** Goes to Okta; returns the address there. */
async function begin(viewer: Viewer, to = page(porter), headers = {}) {
  const href = stepUpHref(viewer.orgSlug, to)
  return browser.keep(
    await beginStepUp(browser.request(href, headers), viewer, new URL(href, 'http://x').searchParams.get('to')),
  )
}

/** Comes back from Okta; returns where that leads. */
async function comeBack(viewer: Viewer, params: Record<string, string>) {
  const path = `/api/orgs/${viewer.orgSlug}/step-up/callback?${new URLSearchParams(params)}`
  return browser.keep(await finishStepUp(browser.request(path), viewer))
}

const stateIn = (address: string) => new URL(address).searchParams.get('state') ?? ''

/** The whole way, Okta answering as told. */
async function stepUp(viewer: Viewer, answer: Answer) {
  const address = await begin(viewer)
  const code = await okta.authorize(address, answer)
  return comeBack(viewer, { code, state: stateIn(address), iss: okta.issuer })
}

const explain = async (viewer: Viewer, location: string) =>
  explainStepUp(viewer, new URL(location).searchParams.get('ref') ?? '')

describe('a confirmation', () => {
  test('counts for this session, for five minutes, and is in the log', async () => {
    const john = await hire()
    const now = await open(john)
    const elsewhere = await open(john)
    expect(isSteppedUp(await now())).toBe(false)

    const address = await begin(await now(), `${page(porter)}?tab=tokens`)
    const asked = Object.fromEntries(new URL(address).searchParams)
    expect(address).toMatch(`${okta.issuer}/v1/authorize?`)
    expect(asked).toMatchObject({
      max_age: '0',
      acr_values: 'urn:okta:loa:2fa:any',
      code_challenge_method: 'S256',
      redirect_uri: `http://localhost:3000/api/orgs/${porter.slug}/step-up/callback`,
      login_hint: `person${n}@${porter.domain}`,
    })
    expect(JSON.stringify(browser.cookies())).not.toContain(asked.state)

    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const back = await comeBack(await now(), { code, state: asked.state ?? '', iss: okta.issuer })
    expect(back).toBe(`http://localhost:3000${page(porter)}?tab=tokens`)
    const viewer = await now()
    expect(isSteppedUp(viewer)).toBe(true)
    expect(isSteppedUp(await elsewhere())).toBe(false)
    vi.useFakeTimers({ now: Date.now() + 5 * 60_000 + 1, toFake: ['Date'] })
    expect(isSteppedUp(viewer)).toBe(false)
    vi.useRealTimers()
    const { events } = await listEvents(porter.orgId, { types: ['access.stepped_up'], targetId: john.id })
    expect(events).toMatchObject([{ outcome: 'success', actorId: john.id }])
  })

  test('is used once: neither its answer nor its cookie counts again', async () => {
    const john = await hire()
    const now = await open(john)
    const address = await begin(await now())
    const cookie = browser.cookies()[cookieName(porter.slug, 'step-up')] ?? ''
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const answer = { code, state: stateIn(address) }
    expect(await comeBack(await now(), answer)).toContain(page(porter))
    const { steppedUpAt } = await now()

    expect(await comeBack(await now(), answer)).toBe(`http://localhost:3000/orgs/${porter.slug}`)
    browser.put(cookieName(porter.slug, 'step-up'), cookie)
    expect(await explain(await now(), await comeBack(await now(), answer))).toMatchObject({
      title: 'This confirmation is too old',
    })
    // Even if Okta gave out another code for the very same request.
    browser.put(cookieName(porter.slug, 'step-up'), cookie)
    const again = await okta.authorize(address, { claims: { sub: john.sub } })
    expect(await comeBack(await now(), { ...answer, code: again })).toBe(`http://localhost:3000/orgs/${porter.slug}`)
    expect((await now()).steppedUpAt).toEqual(steppedUpAt)
  })

  test.each<[string, Answer, string]>([
    ['somebody else signs in at Okta', { claims: { sub: '00uMallory' } }, 'Somebody else confirmed'],
    ['the nonce is another', { claims: { nonce: 'another' } }, 'This confirmation is too old'],
    ['the nonce is missing', { claims: { nonce: undefined } }, 'This confirmation is too old'],
    ['Okta did not ask again', { claims: { auth_time: 1_700_000_000 } }, 'Okta did not ask you again'],
    ['Okta does not say when', { claims: { auth_time: undefined } }, 'Okta did not ask you again'],
    ['one factor was enough', { claims: { acr: 'urn:okta:loa:1fa:any' } }, 'Okta did not ask for two factors'],
    ['acr is missing', { claims: { acr: undefined } }, 'Okta did not ask for two factors'],
    [
      'the token is another issuer’s',
      { claims: { iss: 'https://evil.example' } },
      'The answer came from somewhere else',
    ],
    ['the token is for another client', { claims: { aud: 'another' } }, 'Okta could not confirm it'],
    ['the token has expired', { claims: { iat: 1_700_000_000, exp: 1_700_000_600 } }, 'Okta could not confirm it'],
    ['another key signed', { sign: 'other key' }, 'Okta could not confirm it'],
    ['nobody signed', { sign: 'none' }, 'Okta could not confirm it'],
    ['the client secret signed', { sign: 'HS256' }, 'Okta could not confirm it'],
    ['Okta refuses the client', { error: 'invalid_client' }, 'Okta refused Rollcall'],
    ['the code is used up', { error: 'invalid_grant' }, 'This confirmation is too old'],
  ])('does not count when %s', async (_, answer, title) => {
    const john = await hire()
    const now = await open(john)
    const where = await stepUp(await now(), { ...answer, claims: { sub: john.sub, ...answer.claims } })
    expect(new URL(where).pathname).toBe(`/orgs/${porter.slug}/step-up`)
    const told = await explain(await now(), where)
    expect(told).toMatchObject({ title, to: page(porter) })
    expect(isSteppedUp(await now())).toBe(false)
    const { events } = await listEvents(porter.orgId, { types: ['access.stepped_up'], targetId: john.id })
    expect(events).toMatchObject([{ outcome: 'blocked', ref: told?.ref }])
  })

  test('the page tells a refusal to nobody but the person', async () => {
    const john = await open(await hire())
    const where = await stepUp(await john(), { claims: { sub: 'someone' } })
    expect(await explain(await john(), where)).not.toBeNull()
    expect(await explain(await (await open(await hire()))(), where)).toBeNull()
    expect(await explain(await (await open(await hire(rabbit)))(), where)).toBeNull()
  })
})

describe('an answer that belongs to nothing open here', () => {
  const LATE = () => `http://localhost:3000/orgs/${porter.slug}/step-up?late=1`

  test('another state, another browser, an error made up by a link', async () => {
    const john = await hire()
    const now = await open(john)
    const address = await begin(await now())
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const mine = browser
    browser = cookieBrowser()
    expect(await comeBack(await now(), { code, state: stateIn(address) })).toBe(LATE())
    browser = mine
    expect(await comeBack(await now(), { code, state: 'another' })).toBe(LATE())
    expect(await comeBack(await now(), { error: 'access_denied', state: 'another' })).toBe(LATE())
    expect(isSteppedUp(await now())).toBe(false)
    expect(okta.asked.some((form) => form.get('code') === code)).toBe(false)
  })

  test('another session of the same person, and another person', async () => {
    const john = await hire()
    const [now, next] = [await open(john), await open(john)]
    for (const other of [next, await open(await hire())]) {
      const address = await begin(await now())
      const code = await okta.authorize(address, { claims: { sub: john.sub } })
      expect(await comeBack(await other(), { code, state: stateIn(address) })).toBe(LATE())
      expect(isSteppedUp(await other())).toBe(false)
    }
  })

  test('another org’s cookie under this org’s name', async () => {
    const [john, wanda] = [await hire(), await hire(rabbit)]
    const now = await open(wanda)
    const address = await begin(await now(), page(rabbit))
    browser.put(cookieName(porter.slug, 'step-up'), browser.cookies()[cookieName(rabbit.slug, 'step-up')] ?? '')
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    expect(await comeBack(await (await open(john))(), { code, state: stateIn(address) })).toBe(LATE())
  })

  test('the answer names another issuer (RFC 9207)', async () => {
    const john = await hire()
    const now = await open(john)
    const address = await begin(await now())
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const where = await comeBack(await now(), { code, state: stateIn(address), iss: 'https://evil.example' })
    expect(await explain(await now(), where)).toMatchObject({ title: 'The answer came from somewhere else' })
  })

  test('Okta’s own refusal is named', async () => {
    const now = await open(await hire())
    const address = await begin(await now())
    const where = await comeBack(await now(), { error: 'access_denied', state: stateIn(address) })
    expect(await explain(await now(), where)).toMatchObject({ title: 'Okta did not confirm it' })
  })

  test('a session that ended at Okta’s meanwhile is not brought back', async () => {
    const john = await hire()
    const now = await open(john)
    const viewer = await now()
    const address = await begin(viewer)
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    await patchUser(write(porter), john.id, { schemas, Operations: [{ op: 'replace', value: { active: false } }] })
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
    const john = await hire()
    const now = await open(john)
    const address = await begin(await now(), to)
    const code = await okta.authorize(address, { claims: { sub: john.sub } })
    const back = await comeBack(await now(), { code, state: stateIn(address) })
    expect(back).toBe(`http://localhost:3000/orgs/${porter.slug}`)
  })

  test('a recovery session needs none, and one that is fresh leads straight on', async () => {
    const now = await open(await hire(), 'recovery')
    expect(isSteppedUp(await now())).toBe(true)
    expect(await begin(await now())).toBe(`http://localhost:3000${page(porter)}`)
  })

  test('a script is told to navigate, and another site gets the page with the link', async () => {
    const now = await open(await hire())
    const viewer = await now()
    const path = stepUpHref(porter.slug, page(porter))
    const own = { 'sec-fetch-site': 'same-origin' }
    const byScript = await beginStepUp(
      browser.request(path, { ...own, 'sec-fetch-dest': 'empty' }),
      viewer,
      page(porter),
    )
    expect([byScript.status, byScript.headers.getSetCookie()]).toEqual([200, []])
    const foreign = browser.request(path, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })
    const led = await beginStepUp(foreign, viewer, page(porter))
    expect(led.headers.get('location')).toContain(`/orgs/${porter.slug}/step-up?to=`)
    expect(led.headers.getSetCookie()).toEqual([])
  })

  test('no connection, another issuer since the sign-in, an Okta that is away: each is named', async () => {
    const john = await open(await hire())
    await putConnection(porter.orgId, { issuer: 'http://localhost:9', clientId: 'client', clientSecret: 'secret' })
    expect(await explain(await john(), await begin(await john()))).toMatchObject({
      title: 'You signed in with another Okta',
    })
    await putConnection(porter.orgId, { issuer: okta.issuer, clientId: 'client', clientSecret: 'secret' })
    await okta.authorize('http://localhost/', { discovered: 'https://evil.example' })
    expect(await explain(await john(), await begin(await john()))).toMatchObject({
      title: 'The answer came from somewhere else',
    })
    await okta.authorize('http://localhost/')
  })
})
