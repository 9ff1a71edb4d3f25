import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { crudCases } from '@/lib/readiness/crud-cases'
import { type Noted, type OinCase, runCase } from '@/lib/readiness/oin-case'
import { specCases } from '@/lib/readiness/spec-cases'
import { oktaUser, send } from '@/lib/scim-api/test/client'
import { askAt } from './ask'

/** Okta's SPEC suite, and CRUD as the requests Okta makes of it: the cases the readiness page runs (lib/readiness). */
let porter: TestOrg
const noted: Noted = new Map()

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  await send(porter, 'POST', '/Users', oktaUser('olivia.owner@porter.example'))
})
afterAll(shutdown)

const holds = async (each: OinCase) =>
  expect(await runCase(each, askAt(porter), noted)).toMatchObject({ id: each.id, ok: true, problem: null })

describe('Okta SPEC suite', () => {
  it.each(specCases)('$id $title', holds)
})

describe('Okta CRUD suite, by its requests', () => {
  it.each(crudCases)('$id $title', holds)
})
