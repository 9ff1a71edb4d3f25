import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET, POST } from '@/app/demo/key/open/route.demo'
import { setEnvironment } from '@/lib/test-process'
import { refuseDemo, requireDemo, requireDemoAction, requireDemoHost } from './door'

const key = 'a-key-that-was-printed-at-the-start'
const app = 'http://192.168.1.20:3000'
vi.hoisted(() => void vi.resetModules())
afterAll(() => {
  vi.doUnmock('next/headers')
  vi.doUnmock('next/navigation')
  vi.resetModules()
})
const asked = vi.hoisted(() => ({ headers: new Headers(), cookie: '' }))

vi.mock('next/headers', () => ({
  headers: async () => asked.headers,
  cookies: async () => ({ get: () => ({ value: asked.cookie }) }),
}))
vi.mock('next/navigation', () => {
  const stop = (word: string) => (path?: string) => {
    throw new Error(path ? `${word} ${path}` : word)
  }
  return { notFound: stop('not found'), forbidden: stop('forbidden'), redirect: stop('redirect') }
})

setEnvironment({ ROLLCALL_URL: app, ROLLCALL_DEMO: '1', ROLLCALL_DEMO_KEY: key })

beforeEach(() => {
  asked.headers = new Headers({ host: '192.168.1.20:3000', origin: app })
  asked.cookie = ''
})

const request = (path: string, headers: Record<string, string> = {}) =>
  new Request(`${app}${path}`, { headers: { host: '192.168.1.20:3000', ...headers } })

describe('a demo that others may visit', () => {
  it('leads who has not shown the key to where it is asked for, and acts for nobody else', async () => {
    await expect(requireDemo()).rejects.toThrow('redirect /demo/key')
    await expect(requireDemoAction()).rejects.toThrow('redirect /demo/key')
    await expect(requireDemoHost()).resolves.toBeUndefined()
    expect(refuseDemo(request('/demo/stream'))?.status).toBe(403)
    expect(refuseDemo(request('/demo/stream', { cookie: 'rollcall_demo_key=another' }))?.status).toBe(403)
  })

  it('opens with the key', async () => {
    asked.cookie = key
    await expect(requireDemo()).resolves.toBeUndefined()
    await expect(requireDemoAction()).resolves.toBeUndefined()
    expect(refuseDemo(request('/demo/stream', { cookie: `rollcall_demo_key=${key}` }))).toBeNull()
  })

  it('is nothing under another name, and its actions are for its own pages, key or no key', async () => {
    asked.cookie = key
    asked.headers.set('origin', 'https://evil.example')
    await expect(requireDemoAction()).rejects.toThrow('forbidden')
    asked.headers.set('host', 'rebound.example')
    await expect(requireDemo()).rejects.toThrow('not found')
    expect(refuseDemo(request('/demo/stream', { host: 'rebound.example' }))?.status).toBe(404)
    expect((await GET(request(`/demo/key/open?key=${key}`, { host: 'rebound.example' }))).status).toBe(404)
  })

  it('gives the cookie for the printed link and for the typed key, and for nothing else', async () => {
    const form = (value: string) =>
      new Request(`${app}/demo/key/open`, {
        method: 'POST',
        headers: { host: '192.168.1.20:3000' },
        body: new URLSearchParams({ key: value }),
      })
    for (const answer of [await GET(request(`/demo/key/open?key=${key}`)), await POST(form(key))]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${app}/demo`])
      expect(answer.headers.get('set-cookie')).toMatch(`rollcall_demo_key=${key}; Path=/; HttpOnly; SameSite=Lax`)
    }
    for (const answer of [await GET(request('/demo/key/open?key=a%0D%0Ab')), await POST(form(''))]) {
      expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
        `${app}/demo/key?wrong=1`,
        null,
      ])
    }
  })
})
