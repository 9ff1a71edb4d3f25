import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATCH, POST, PUT, DELETE as remove, GET as route } from '@/app/scim/v2/[[...path]]/route'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { scimApp } from '@/lib/scim-api/app'
import { setMode } from './test-orgs'
import { comparable, replay } from './wire/replay'
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

/** Each mount has orgs of its own, so that counts and pages agree too. */
const orgs: Record<keyof typeof mounts, Record<'okta' | 'entra', TestOrg>[]> = { server: [], next: [] }
beforeAll(async () => {
  for (const each of Object.values(orgs)) {
    const entra = await makeTestOrg('White Rabbit')
    await setMode(entra.orgId, 'entra')
    each.push({ okta: await makeTestOrg('Porter'), entra })
  }
})
afterAll(shutdown)

describe('recorded sequences answer the same on both mounts', () => {
  it.each(readSequences().map((each) => [each.name, each] as const))('%s', async (_, sequence) => {
    const unique = sequence.file.replace(/\W+/g, '-')
    const answersOf = async (mount: keyof typeof mounts): Promise<unknown> => {
      const org = orgs[mount][0]?.[sequence.client]
      if (!org) throw new Error('No org was made.')
      const target = { base: `http://localhost:3000/scim/v2/${org.slug}`, token: org.token, send: mounts[mount] }
      return comparable(await replay(sequence, target, unique), target, unique)
    }
    expect(await answersOf('next')).toEqual(await answersOf('server'))
  })
})
