import { get } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bed, startBed } from './test-bed'

let bed: Bed
let john = ''
let counter = 0
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())
beforeEach(async () => {
  counter += 1
  john = `john${counter}.doe@porter.example`
  const { status } = await bed.api('POST', '/orgs/porter/people', { firstName: 'John', lastName: 'Doe', login: john })
  expect(status).toBe(201)
  bed.fake.seen.length = 0
})

const act = (action: string) => bed.api('POST', `/orgs/porter/people/${john}/${action}`)
const sent = () => bed.fake.seen.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)

/** fetch does not let a test choose the Host header. */
const statusForHost = (host: string) =>
  new Promise((resolve, reject) => {
    get(`${bed.okta}/api/orgs`, { headers: { host } }, (response) => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    )
  })

async function assigned(): Promise<string> {
  const { body } = await act('assign')
  bed.fake.seen.length = 0
  expect(body).toMatchObject({ person: { assigned: true, appUserId: expect.any(String) } })
  const { person } = body as { person: { appUserId: string } }
  return person.appUserId
}

describe('JSON API', () => {
  it.each([
    ['assign', 'assign', 'is already assigned'],
    ['assign', 'unsuspend', 'is not suspended'],
    ['deactivate', 'deactivate', 'is already deactivated'],
    ['deactivate', 'assign', 'Activate the person first'],
    ['suspend', 'activate', 'Unsuspend the person instead'],
  ])('after %s, %s is 409 with a sentence', async (first, second, sentence) => {
    await act(first)
    const { status, body } = await act(second)
    expect(status).toBe(409)
    expect(body).toMatchObject({ error: expect.stringContaining(sentence) })
  })

  it.each([
    [
      'POST',
      '/orgs/porter/people',
      { firstName: '', lastName: 'X', login: 'nope' },
      400,
      'firstName: must not be empty',
    ],
    [
      'POST',
      '/orgs/porter/people',
      { firstName: 'O', lastName: 'O', login: 'OLIVIA.owner@porter.example' },
      409,
      'already has',
    ],
    ['PATCH', '/orgs/porter/people/max.member@porter.example', { nickname: 'M' }, 400, 'nickname'],
    ['GET', '/orgs/acme/people', undefined, 404, 'no company "acme"'],
    ['GET', '/orgs/porter/people/wanda@whiterabbit.example', undefined, 404, 'no person'],
    ['PUT', '/orgs/porter/settings', { mode: 'fast' }, 400, 'mode'],
    ['GET', '/nothing', undefined, 404, 'nothing at GET /api/nothing'],
  ])('%s %s with %j is %d', async (method, path, body, status, sentence) => {
    const answer = await bed.api(method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ error: expect.stringContaining(sentence) })
  })

  it('refuses what a cross-site form could send, and hosts that are not this machine', async () => {
    const form = await fetch(`${bed.okta}/api/orgs/porter/people/${john}/assign`, { method: 'POST' })
    expect(form.status).toBe(415)
    expect(sent()).toEqual([])
    expect(await statusForHost('rebound.example')).toBe(421)
    expect(await statusForHost('localhost')).toBe(200)
  })

  it('logs each company apart, newest first, with the token masked', async () => {
    await act('assign')
    const { body } = await bed.api('GET', `/orgs/porter/log?person=${john}`)
    expect(body).toMatchObject({
      entries: [
        { method: 'POST', status: 201 },
        { method: 'GET', status: 200 },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('porterSecret')
    expect((await bed.api('GET', '/orgs/white-rabbit/log')).body).toEqual({ entries: [] })
  })

  it('runs two actions on one person one after the other', async () => {
    const id = await assigned()
    await Promise.all([act('deactivate'), act('activate')])
    expect(sent()).toEqual(['PATCH', 'PATCH', 'PUT'].map((method) => `${method} /scim/v2/porter/Users/${id}`))
  })
})
