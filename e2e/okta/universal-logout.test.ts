import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Bed, startBed } from './test-bed'

let bed: Bed
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())

const companies = [
  { slug: 'porter', login: 'olivia.owner@porter.example', keys: '/v1/keys' },
  { slug: 'white-rabbit', login: 'wanda@whiterabbit.example', keys: '/oauth2/v1/keys' },
]
const clear = (slug: string, login: string, body?: unknown) =>
  bed.api('POST', `/orgs/${slug}/people/${login}/clear-sessions`, body)
const configOf = (slug: string) => {
  const found = bed.config.orgs.find((org) => org.slug === slug)
  if (!found) throw new Error(slug)
  return found
}

describe.each(companies)('Universal Logout of $slug', ({ slug, login, keys }) => {
  it('goes to the app’s endpoint, signed with the key the issuer publishes', async () => {
    const { issuer, clientId } = configOf(slug)
    bed.fake.answerNext({ status: 204 })
    const before = Math.floor(Date.now() / 1000)
    const answer = await clear(slug, login)
    expect(answer).toMatchObject({ status: 200, body: { requests: [{ method: 'POST', status: 204 }] } })
    expect(answer.body).not.toHaveProperty('error')
    const sent = bed.fake.seen.at(-1)
    const aud = `${bed.fake.url}/api/orgs/${slug}/global-token-revocation`
    expect(`${bed.fake.url}${sent?.path}`).toBe(aud)

    const jwt = (sent?.headers.authorization ?? '').replace('Bearer ', '')
    expect(decodeProtectedHeader(jwt)).toMatchObject({ typ: 'global-token-revocation+jwt', alg: 'RS256' })
    const { payload } = await jwtVerify(jwt, createRemoteJWKSet(new URL(issuer + keys)), {
      issuer,
      audience: aud,
      subject: clientId,
      typ: 'global-token-revocation+jwt',
      requiredClaims: ['exp', 'nbf', 'iat', 'jti'],
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
    expect(payload.iat).toBeGreaterThanOrEqual(before)
    const { id } = (await bed.api('GET', `/orgs/${slug}/people/${login}`)).body as { id: string }
    expect(sent?.body).toEqual({ sub_id: { format: 'iss_sub', iss: issuer, sub: id } })
  })

  it('names the person by e-mail when asked to, with a token of its own', async () => {
    bed.fake.answerNext({ status: 204 }, { status: 204 })
    await clear(slug, login, { format: 'email' })
    await clear(slug, login, { format: 'email' })
    const [one, two] = bed.fake.seen.slice(-2)
    expect(one?.body).toEqual({ sub_id: { format: 'email', email: login } })
    expect(one?.headers.authorization).not.toBe(two?.headers.authorization)
  })
})

it('changes nothing about the person, and keeps the token out of the log', async () => {
  const person = () => bed.api('GET', '/orgs/porter/people/olivia.owner@porter.example')
  const before = await person()
  bed.fake.answerNext({ status: 204 })
  await clear('porter', 'olivia.owner@porter.example')
  expect(await person()).toEqual(before)
  const jwt = (bed.fake.seen.at(-1)?.headers.authorization ?? '').replace('Bearer ', '')
  const log = JSON.stringify((await bed.api('GET', '/orgs/porter/log')).body)
  expect(log).toContain('clear-sessions')
  expect(log).not.toContain(jwt.slice(0, 20))
})

it('tells what the app answered when it is not 204', async () => {
  bed.fake.answerNext({ status: 404, body: { error: 'x' } })
  const { body } = await clear('porter', 'olivia.owner@porter.example')
  expect(body).toMatchObject({
    error: 'Universal Logout of Olivia Owner from app Rollcall failed: the app answered HTTP 404.',
  })
})

it('sends nothing for who is not assigned, and refuses a format Okta does not have', async () => {
  const count = bed.fake.seen.length
  expect((await clear('porter', 'max.member@porter.example')).body).toMatchObject({ requests: [] })
  expect((await clear('porter', 'olivia.owner@porter.example', { format: 'phone' })).status).toBe(400)
  expect(bed.fake.seen).toHaveLength(count)
})

it('has a button on the person’s page', async () => {
  const { id } = (await bed.api('GET', '/orgs/porter/people/olivia.owner@porter.example')).body as { id: string }
  const page = `${bed.okta}/admin/porter/people/${id}`
  expect(await (await fetch(page)).text()).toContain('Clear user sessions')
  bed.fake.answerNext({ status: 204 })
  const done = await fetch(`${page}/clear-sessions`, { method: 'POST', headers: { origin: bed.okta } })
  expect(await done.text()).toContain('Sessions cleared. 1 request sent.')
})

it('signs a token for whatever endpoint is named, and sends nothing', async () => {
  const before = bed.fake.seen.length
  const audience = `${bed.fake.url}/api/orgs/white-rabbit/global-token-revocation`
  const { status, body } = await bed.api('POST', '/orgs/porter/logout-token', { audience })
  expect(status).toBe(200)
  const { issuer } = configOf('porter')
  const { token } = z.object({ token: z.string() }).parse(body)
  const { protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/v1/keys`)), {
    issuer,
    audience,
  })
  expect(protectedHeader.typ).toBe('global-token-revocation+jwt')
  expect(bed.fake.seen).toHaveLength(before)
  expect((await bed.api('POST', '/orgs/porter/logout-token', { audience: 'there' })).status).toBe(400)
})
