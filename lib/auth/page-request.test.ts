import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { begin, blameUnread } from './begun'
import { refusePage, stampHost } from './page-request'

beforeAll(() => {
  vi.stubEnv('DATABASE_URL', 'postgres://app@localhost/rollcall')
  vi.stubEnv('ROLLCALL_KEYS', `v1:${Buffer.alloc(32).toString('base64')}`)
  vi.stubEnv('ROLLCALL_URL', 'https://rollcall.example')
})
afterAll(() => vi.unstubAllEnvs())

const tree = (value: unknown) => ({ 'next-router-state-tree': encodeURIComponent(JSON.stringify(value)) })
const form = { 'content-type': 'multipart/form-data; boundary=x' }
const evil = { origin: 'https://evil.example' }

test.each<[what: string, method: string, headers: Record<string, string>, status: number | undefined]>([
  ['a plain visit', 'GET', {}, undefined],
  ['a page’s own tree', 'GET', tree(['', { children: ['orgs', {}, null, 'refetch'] }]), undefined],
  ['a tree that is no JSON', 'GET', { 'next-router-state-tree': '%7B' }, 400],
  ['a tree with half an escape', 'GET', { 'next-router-state-tree': '%E0%A4%A' }, 400],
  ['a tree of another shape', 'GET', tree({ children: [] }), 400],
  ['an empty tree', 'GET', { 'next-router-state-tree': '' }, 400],
  ['two trees', 'GET', { 'next-router-state-tree': '["",{}], ["",{}]' }, 400],
  ['our own form', 'POST', { ...form, origin: 'https://rollcall.example' }, undefined],
  ['a form of no browser', 'POST', form, undefined],
  ['another site’s form', 'POST', { ...form, ...evil }, 403],
  ['another site’s action', 'POST', { 'next-action': 'x', ...evil }, 403],
  ['an action of a page without an origin', 'POST', { 'next-action': 'x', origin: 'null' }, 403],
  ['an origin that is no address', 'POST', { ...form, origin: ':' }, 403],
  ['what no action can be is for its own door', 'POST', { ...evil, 'content-type': 'application/json' }, undefined],
  ['a form of 4 MiB', 'POST', { ...form, 'content-length': '4194304' }, undefined],
  ['a larger one', 'POST', { ...form, 'content-length': '4194305' }, 413],
])('%s', (_, method, headers, status) => {
  expect(refusePage({ method, url: '/orgs/porter?x', headers })?.status).toBe(status)
})

test.each([
  ['/orgs/%E2%82%AC?q=%ff', undefined],
  ['/orgs/%E0%A4%A', 400],
  ['/%ff', 400],
  ['/100%', 400],
])('%s', (url, status) => {
  expect(refusePage({ method: 'GET', url, headers: {} })?.status).toBe(status)
})

test('a 500 before any door was asked is a 400; after it stays one', async () => {
  const early = { statusCode: 200 }
  blameUnread(early, () => {
    early.statusCode = 500
  })
  const late = { statusCode: 200 }
  await new Promise<void>((done) =>
    blameUnread(late, async () => {
      await Promise.resolve()
      begin()
      late.statusCode = 500
      done()
    }),
  )
  const fine = { statusCode: 200 }
  blameUnread(fine, () => {
    fine.statusCode = 303
  })
  expect([early, late, fine].map(({ statusCode }) => statusCode)).toEqual([400, 500, 303])
})

test('Next is told the configured host, whatever somebody wrote', () => {
  const headers = { 'x-forwarded-host': 'evil.example' }
  stampHost({ headers })
  expect(headers['x-forwarded-host']).toBe('rollcall.example')
})
