import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATCH, POST, PUT, DELETE as remove, GET as route } from '@/app/scim/v2/[[...path]]/route'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { scimApp } from '@/lib/scim-api/app'
import { useMode } from './test-orgs'
import { comparable, replay, type Target } from './wire/replay'
import { readSequences } from './wire/sequence'

/** The two mounts of the SCIM service: ahead of Next in server.ts, and Next's own route. */
const NEXT = { GET: route, POST, PUT, PATCH, DELETE: remove }
const mounts = {
  server: async (request: Request) => scimApp.fetch(request),
  next: async (request: Request) => {
    const handler = new Map(Object.entries(NEXT)).get(request.method)
    return handler ? handler(request) : new Response(null, { status: 405 })
  },
}

let okta: TestOrg
let entra: TestOrg
beforeAll(async () => {
  okta = await makeTestOrg('Porter')
  entra = await makeTestOrg('White Rabbit')
  await useMode(entra.orgId, 'entra')
})
afterAll(shutdown)

describe('recorded sequences on both mounts', () => {
  it.each(readSequences().map((each) => [each.name, each] as const))('%s', async (_, sequence) => {
    const org = sequence.client === 'okta' ? okta : entra
    const target = (send: Target['send']): Target => ({
      base: `http://localhost:3000/scim/v2/${org.slug}`,
      token: org.token,
      send,
    })
    const name = sequence.file.replace(/\W+/g, '-')
    const server = await replay(sequence, target(mounts.server), `${name}-a`)
    const next = await replay(sequence, target(mounts.next), `${name}-b`)
    expect(comparable(next, target(mounts.next), `${name}-b`)).toEqual(
      comparable(server, target(mounts.server), `${name}-a`),
    )
  })
})
