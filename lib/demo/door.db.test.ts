import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { setEnvironment } from '@/lib/test-process'
import * as door from './door'

vi.hoisted(() => void vi.resetModules())
let asked = new Headers()
vi.mock('next/headers', () => ({ headers: async () => asked, cookies: async () => ({ get: () => undefined }) }))

const HOST = 'localhost:3000'
const OURS = `http://${HOST}`
const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-'))
let porter: TestOrg
let lens: TestOrg

const file = join(folder, 'demo.json')

/** The door as a demo has it, and as a production server beside the file of a demo. */
const demo = () => under('1')
const production = () => under('0')
function under(mode: '0' | '1') {
  setEnvironment({ ROLLCALL_DEMO: mode, ROLLCALL_DEMO_JSON: file })
  return door
}

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  lens = await makeTestOrg('Lens')
  const people = { owner: 'o', admin: 'a', manager: 'm', member: 'm' }
  const listed = { slug: porter.slug, name: 'Porter', domain: porter.domain, issuer: OURS, scim: OURS, people }
  writeFileSync(file, JSON.stringify({ app: OURS, okta: OURS, orgs: [{ ...listed, scimToken: porter.token }] }))
  vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', '1')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  vi.doUnmock('next/headers')
  vi.resetModules()
  rmSync(folder, { recursive: true })
  await shutdown()
})

describe('at a company', () => {
  it('of its own the demo may what an admin may, as an actor of that name, and no more', async () => {
    const viewer = { orgId: porter.orgId, orgSlug: porter.slug, orgName: 'Porter', role: 'admin' }
    expect(await demo().authorizeDemo(porter.slug)).toEqual({
      kind: 'ok',
      viewer: { ...viewer, actor: { kind: 'demo' } },
    })
    expect((await demo().authorizeDemo(porter.slug, 'owner')).kind).toBe('forbidden')
    expect((await demo().demoViewer(porter.slug)).orgId).toBe(porter.orgId)
  })

  it('that the demo’s start did not name it is nobody, as at one that does not exist', async () => {
    for (const slug of [lens.slug, 'no-such-company', '', '../porter']) {
      expect(await demo().authorizeDemo(slug)).toEqual({ kind: 'anonymous' })
      await expect(demo().demoViewer(slug)).rejects.toThrow('may not look at')
    }
  })

  it('of its own there is no demo where this is none, although the file of one lies there', async () => {
    expect(await production().authorizeDemo(porter.slug)).toEqual({ kind: 'anonymous' })
    await expect(production().demoViewer(porter.slug)).rejects.toThrow('may not look at')
    expect(production().requireDemoMode).toThrow('This is no demo')
    expect(demo().requireDemoMode).not.toThrow()
  })
})

const GET = { host: HOST }
const rebound = 'rebound.example'
const asks: [what: string, method: string, headers: Record<string, string>, status: number | null][] = [
  ['this machine by its own name', 'GET', GET, null],
  ['another name that leads here', 'GET', { host: `${rebound}:3000` }, 404],
  ['another name, forwarded as ours', 'GET', { host: rebound, 'x-forwarded-host': HOST }, 404],
  ['another port', 'GET', { host: 'localhost:4010' }, 404],
  ['no name', 'GET', {}, 404],
  ['a form of our own', 'POST', { ...GET, origin: OURS }, null],
  ['a form of another site', 'POST', { ...GET, origin: 'https://evil.example' }, 403],
  ['a form of a page without an address', 'POST', { ...GET, origin: 'null' }, 403],
  ['a form of another site, by a browser that hides where', 'POST', { ...GET, 'sec-fetch-site': 'cross-site' }, 403],
  ['a form of the stand-in’s own pages', 'POST', { ...GET, origin: 'http://localhost:4010' }, 403],
]

/** The status a page or an action ends with, or null where it goes on. */
async function outcome(door: () => Promise<void>): Promise<number | null> {
  const error = await door().catch((thrown: unknown) => thrown)
  if (error === undefined) return null
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : String(error)
  return Number(/^NEXT_HTTP_ERROR_FALLBACK;(\d+)$/.exec(digest)?.[1])
}

describe.each(asks)('asked for by %s', (_, method, headers, status) => {
  test('a route, an action and a page decide alike', async () => {
    asked = new Headers(headers)
    expect(demo().refuseDemo(new Request(`${OURS}/demo`, { method, headers }))?.status ?? null).toBe(status)
    if (method === 'POST') expect(await outcome(demo().requireDemoAction)).toBe(status)
    else expect(await outcome(demo().requireDemo)).toBe(status)
  })

  test('and where this is no demo there is nothing', async () => {
    asked = new Headers(headers)
    expect(production().refuseDemo(new Request(`${OURS}/demo`, { method, headers }))?.status).toBe(404)
    expect(await outcome(production().requireDemo)).toBe(404)
    expect(await outcome(production().requireDemoAction)).toBe(status === 403 ? 403 : 404)
  })
})
