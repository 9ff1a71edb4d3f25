import { afterAll, beforeAll, describe, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { setMode } from './test-orgs'
import { replay } from './wire/replay'
import { readSequences } from './wire/sequence'

const app = process.env.E2E_APP

describe.runIf(app)('recorded sequences over HTTP against the built app', () => {
  let okta: TestOrg
  let entra: TestOrg
  beforeAll(async () => {
    okta = await makeTestOrg('Porter')
    entra = await makeTestOrg('White Rabbit')
    await setMode(entra.orgId, 'entra')
  })
  afterAll(shutdown)

  it.each(readSequences().map((each) => [each.name, each] as const))('%s', async (_, sequence) => {
    const org = sequence.client === 'okta' ? okta : entra
    const target = { base: `${app}/scim/v2/${org.slug}`, token: org.token, send: (request: Request) => fetch(request) }
    await replay(sequence, target, sequence.file.replace(/\W+/g, '-'))
  })
})
