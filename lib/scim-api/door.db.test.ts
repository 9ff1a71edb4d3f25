import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { listEvents } from '@/lib/events/query'
import { flushEvents } from '@/lib/events/record'
import { forgetTokens } from '@/lib/orgs/known-tokens'
import { listTokens, revokeToken } from '@/lib/orgs/tokens'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import { scimApp } from './app'
import { refuseAtDoor } from './door'
import { setActive } from './test/client'

// No token comes back while the tests run.
setEnvironment({ ROLLCALL_LIMIT_SCIM_READS: '1', ROLLCALL_LIMIT_SCIM_WRITES: '1', ROLLCALL_LIMIT_SCIM_BURST: '2' })

const servers: Server[] = []
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

let app: string
let door: string
let refusedAtDoor = 0
beforeAll(async () => {
  const scim = getRequestListener(scimApp.fetch)
  app = await serve((req, res) => void scim(req, res))
  // As server.ts has it.
  door = await serve((req, res) => {
    if (refuseAtDoor(req, res)) refusedAtDoor++
    else void scim(req, res)
  })
})
afterAll(async () => {
  for (const server of servers) server.close()
  await shutdown()
})

type Asked = { method?: string; token?: string; body?: unknown }
async function ask(
  server: string,
  org: TestOrg,
  path: string,
  { method = 'GET', token = org.token, body }: Asked = {},
) {
  const before = refusedAtDoor
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`${server}/scim/v2/${org.slug}${path}`, { method, headers, ...text })
  const all = { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
  return { ...all, byDoor: refusedAtDoor > before }
}

/** A company whose token has used up what it may read and write. */
async function crowded(): Promise<TestOrg> {
  const org = await makeTestOrg()
  for (const asked of [{}, { method: 'POST', body: {} }])
    for (let i = 0; i < 4; i++) await ask(app, org, '/Users', asked)
  return org
}

/** What differs from one refusal to the next: when, which request, and how long to wait. */
const comparable = ({ headers, ...rest }: Awaited<ReturnType<typeof ask>>) => {
  const { date, 'x-request-id': requestId, 'retry-after': retryAfter, ...others } = headers
  expect(retryAfter).toMatch(/^[1-9]\d?$/)
  expect(requestId).toBeTruthy()
  return {
    ...rest,
    body: rest.body.replace(/in \d+ seconds/, 'in N seconds'),
    headers: { ...others, 'content-length': 0 },
  }
}

describe('a live token over its limit', () => {
  let org: TestOrg
  beforeAll(async () => {
    org = await crowded()
  })

  it.each<[string, string, unknown]>([
    ['GET', '/Users?filter=userName%20eq%20%22john%22', undefined],
    ['GET', '', undefined],
    ['GET', '/Nothing', undefined],
    ['POST', '/Users', { userName: 'john.doe@porter.example' }],
    ['POST', '/Users/.search', {}],
    ['PATCH', '/Users/1', setActive(false)],
    ['DELETE', '/Users/1', undefined],
    ['PUT', '/Users/1', { userName: 'a'.repeat(300_000) }],
  ])('%s %s: is refused at the door with the bytes of the app', async (method, path, body) => {
    const byApp = await ask(app, org, path, { method, body })
    const byDoor = await ask(door, org, path, { method, body })
    expect(byDoor.byDoor).toBe(true)
    expect(comparable(byDoor)).toEqual({ ...comparable(byApp), byDoor: true })
  })

  it('adds nothing to the one row of its minute', async () => {
    await flushEvents()
    const { events } = await listEvents(org.orgId, { reads: true, types: ['request.rejected'], limit: 50 })
    expect(events.map(({ method }) => method).sort()).toEqual(['GET', 'POST'])
  })
})

describe('is left to the app:', () => {
  let org: TestOrg
  let other: TestOrg
  beforeAll(async () => {
    org = await crowded()
    other = await makeTestOrg('White Rabbit')
  })
  const left = { byDoor: false }

  it('a token within its limit, and asking at the door uses up none of it', async () => {
    const answers = [
      await ask(door, other, '/Users'),
      await ask(door, other, '/Users'),
      await ask(door, other, '/Users'),
    ]
    expect(answers).toMatchObject([{ ...left, status: 200 }, { ...left, status: 200 }, { status: 429 }])
  })

  it('HEAD, whose answer has no body', async () => {
    expect(await ask(door, org, '/Users', { method: 'HEAD' })).toMatchObject({ ...left, status: 429, body: '' })
  })

  it('a path whose characters are escaped', async () => {
    const asked = await ask(door, org, '/Users/%2Esearch', { method: 'POST', body: {} })
    expect(asked).toMatchObject({ ...left, status: 429 })
  })

  it('the address of another company: 401, as for everybody', async () => {
    expect(await ask(door, other, '/Users', { token: org.token })).toMatchObject({ ...left, status: 401 })
  })

  it.each(['', 'wrong', 'x'.repeat(60)])('the token "%s", which is none: 401', async (token) => {
    expect(await ask(door, org, '/Users', { token })).toMatchObject({ ...left, status: 401 })
  })

  it('a token whose end differs from the one that is known: 401', async () => {
    const token = `${org.token.slice(0, -1)}${org.token.endsWith('a') ? 'b' : 'a'}`
    await ask(app, org, '/Users')
    expect(await ask(door, org, '/Users', { token })).toMatchObject({ ...left, status: 401 })
  })

  it('a token nobody has asked about for a second', async () => {
    forgetTokens(org.orgId)
    expect(await ask(door, org, '/Users')).toMatchObject({ ...left, status: 429 })
  })

  it('a token that was revoked: 401 on the next request, not 429', async () => {
    const [token] = await listTokens(org.orgId)
    await ask(app, org, '/Users')
    expect(await ask(door, org, '/Users')).toMatchObject({ byDoor: true, status: 429 })
    await revokeToken({ org, actor: { kind: 'system' } }, token?.id ?? '')
    expect(await ask(door, org, '/Users')).toMatchObject({ ...left, status: 401 })
  })
})
