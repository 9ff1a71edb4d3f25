import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { cookieName } from './cookies'
import type { Viewer } from './session'
import { isSteppedUp } from './step-up'
import { hire, startBed } from './test/bed'
import type { Answer } from './test/issuer'
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

const { now: browser, begin, comeBack } = stepUpBrowser()
const page = (org: TestOrg) => `/orgs/${org.slug}/admin/settings/provisioning`

/** The whole way, Okta answering as told. */
async function stepUp(viewer: Viewer, answer: Answer) {
  const address = await begin(viewer, page(porter))
  const code = await bed.okta.authorize(address, answer)
  return comeBack(viewer, { code, state: stateIn(address), iss: bed.okta.issuer })
}

describe('a confirmation', () => {
  test('counts for this session, for five minutes, and is in the log', async () => {
    const john = await hire(porter)
    const now = await bed.open(john)
    const elsewhere = await bed.open(john)
    expect(isSteppedUp(await now())).toBe(false)

    const address = await begin(await now(), `${page(porter)}?tab=tokens`)
    const asked = Object.fromEntries(new URL(address).searchParams)
    expect(address).toMatch(`${bed.okta.issuer}/v1/authorize?`)
    expect(asked).toMatchObject({
      max_age: '0',
      acr_values: 'urn:okta:loa:2fa:any',
      code_challenge_method: 'S256',
      redirect_uri: `http://localhost:3000/api/orgs/${porter.slug}/step-up/callback`,
      login_hint: john.userName,
    })
    expect(JSON.stringify(browser().cookies())).not.toContain(asked.state)

    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    const back = await comeBack(await now(), { code, state: asked.state ?? '', iss: bed.okta.issuer })
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
    const john = await hire(porter)
    const now = await bed.open(john)
    const address = await begin(await now(), page(porter))
    const cookie = browser().cookies()[cookieName(porter.slug, 'step-up')] ?? ''
    const code = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    const answer = { code, state: stateIn(address) }
    expect(await comeBack(await now(), answer)).toContain(page(porter))
    const { steppedUpAt } = await now()

    expect(await comeBack(await now(), answer)).toBe(`http://localhost:3000/orgs/${porter.slug}`)
    browser().put(cookieName(porter.slug, 'step-up'), cookie)
    expect(await explain(await now(), await comeBack(await now(), answer))).toMatchObject({
      title: 'This confirmation is too old',
    })
    // Even if Okta gave out another code for the very same request.
    browser().put(cookieName(porter.slug, 'step-up'), cookie)
    const again = await bed.okta.authorize(address, { claims: { sub: john.sub } })
    expect(await comeBack(await now(), { ...answer, code: again })).toBe(`http://localhost:3000/orgs/${porter.slug}`)
    expect((await now()).steppedUpAt).toEqual(steppedUpAt)
  })

  test('takes an ID token signed with ES256 as well', async () => {
    const john = await hire(porter)
    const now = await bed.open(john)
    expect(await stepUp(await now(), { sign: 'ES256', claims: { sub: john.sub } })).toContain(page(porter))
    expect(isSteppedUp(await now())).toBe(true)
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
    ['a key of another kind signed', { sign: 'other kind' }, 'Okta could not confirm it'],
    ['a published key signed it with RS512', { sign: 'RS512' }, 'Okta could not confirm it'],
    ['a published key signed it with EdDSA', { sign: 'EdDSA' }, 'Okta could not confirm it'],
    [
      'the nonce is another, under ES256',
      { sign: 'ES256', claims: { nonce: 'another' } },
      'This confirmation is too old',
    ],
    ['nobody signed', { sign: 'none' }, 'Okta could not confirm it'],
    ['the client secret signed', { sign: 'HS256' }, 'Okta could not confirm it'],
    ['Okta refuses the client', { error: 'invalid_client' }, 'Okta refused Rollcall'],
    ['the code is used up', { error: 'invalid_grant' }, 'This confirmation is too old'],
  ])('does not count when %s', async (_, answer, title) => {
    const john = await hire(porter)
    const now = await bed.open(john)
    const where = await stepUp(await now(), { ...answer, claims: { sub: john.sub, ...answer.claims } })
    expect(new URL(where).pathname).toBe(`/orgs/${porter.slug}/step-up`)
    const told = await explain(await now(), where)
    expect(told).toMatchObject({ title, to: page(porter) })
    expect(isSteppedUp(await now())).toBe(false)
    const { events } = await listEvents(porter.orgId, { types: ['access.stepped_up'], targetId: john.id })
    expect(events).toMatchObject([{ outcome: 'blocked', ref: told?.ref }])
  })

  test('the page tells a refusal to nobody but the person', async () => {
    const john = await bed.open(await hire(porter))
    const where = await stepUp(await john(), { claims: { sub: 'someone' } })
    expect(await explain(await john(), where)).not.toBeNull()
    expect(await explain(await (await bed.open(await hire(porter)))(), where)).toBeNull()
    expect(await explain(await (await bed.open(await hire(rabbit)))(), where)).toBeNull()
  })
})
