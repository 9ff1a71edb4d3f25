import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_KEY_COOKIE } from '@/lib/demo/key'
import { freePort } from '../../scripts/lib/ports.mjs'
import { configSchema } from './config'
import { KEY_COOKIE } from './key'
import { type StandIn, startStandIn } from './server'

/** A stand-in that others may visit. The address is a loopback one all the same: what matters is that it was named. */
const host = '127.0.0.1'
const key = 'a-key-that-was-printed-at-the-start'
const folder = mkdtempSync(join(tmpdir(), 'okta-'))
let port = 0
let standIn: StandIn
const options = () => {
  const porter = {
    ...{
      slug: 'porter',
      name: 'Porter',
      domain: 'porter.example',
      clientId: 'c',
      clientSecret: 'a-secret-of-some-length',
    },
    issuer: `http://${host}:${port}/oauth2/porter`,
    redirectUris: ['http://127.0.0.1:9/callback'],
    scim: 'http://127.0.0.1:9/scim/v2/porter',
    scimToken: 'token',
  }
  const config = configSchema.parse({ app: 'http://127.0.0.1:9', orgs: [porter] })
  return { config, dataFile: join(folder, 'okta.json'), port, port2: port, host }
}

beforeAll(async () => {
  port = await freePort(0)
  standIn = await startStandIn({ ...options(), key })
})
afterAll(() => {
  standIn.close()
  rmSync(folder, { recursive: true })
})

const ask = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status?: number; text: string }>((resolve, reject) => {
    get({ host, port, path, headers }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ ...(answer.statusCode ? { status: answer.statusCode } : {}), text }))
    }).on('error', reject)
  })

const authorize = '/oauth2/porter/v1/authorize?client_id=c'

describe('a stand-in that others may visit', () => {
  it.each(['/', '/admin/porter', '/api/orgs', '/oauth2/porter/signin/abc', authorize])(
    '%s needs the key, and says where it is',
    async (path) => {
      expect(await ask(path)).toMatchObject({ status: 403, text: expect.stringContaining('printed at the start') })
      expect((await ask(path, { cookie: `${KEY_COOKIE}=another` })).status).toBe(403)
      expect((await ask(path, { cookie: `x=1; ${KEY_COOKIE}=${key}` })).status).not.toBe(403)
    },
  )

  it.each(['/oauth2/porter/.well-known/openid-configuration', '/oauth2/porter/v1/keys'])(
    '%s is for the app, which proves itself where that matters',
    async (path) => {
      expect((await ask(path)).status).toBe(200)
    },
  )

  it('answers to its own name alone', async () => {
    const cookie = `${KEY_COOKIE}=${key}`
    for (const name of ['localhost', 'rebound.example'])
      expect((await ask('/', { host: `${name}:${port}`, cookie })).status).toBe(421)
  })

  it('does not start without a key', async () => {
    await expect(startStandIn(options())).rejects.toThrow('only with a key')
  })

  it('reads the cookie the app sets', () => {
    expect(KEY_COOKIE).toBe(DEMO_KEY_COOKIE)
  })
})
