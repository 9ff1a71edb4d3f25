import { afterAll, beforeAll, expect, test } from 'vitest'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { claimVerified } from '@/db/verified-domain'
import { randomBase62 } from '@/lib/crypto'
import { shutdown } from '@/lib/process'
import { previewOutsiders, previewReleases } from './domain-people'
import { listOwners } from './owners'
import { createUser, patchUser, type ScimWrite } from './scim-users'

let porter: TestOrg
const idn = `xn--bcher-kva.${randomBase62(10).toLowerCase()}.example`
afterAll(shutdown)

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { domainPolicy: 'off' })
  await withOrg(porter.orgId, (tx) => claimVerified(tx, porter.orgId, idn))
  const write: ScimWrite = { org: porter, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } }
  const mail = (value: string) => ({ emails: [{ value, primary: true }] })
  const people = [
    { userName: `inside@${porter.domain.toUpperCase()}`, externalId: '00u1' },
    { userName: `letters@${idn.replace('xn--bcher-kva', 'bücher')}` },
    { userName: `punycode@${idn}` },
    { userName: 'number-1', ...mail(`number@${porter.domain}`) },
    { userName: 'a-outside@gmail.example', ...mail(`a@${porter.domain}`) },
    { userName: `b-inside@${porter.domain}`, ...mail('b@gmail.example') },
    { userName: 'c-nothing' },
    { userName: `d@mail.${porter.domain}` },
  ]
  for (const body of people) await createUser(write, body)
  const { row } = await createUser(write, { userName: 'left@gmail.example' })
  const Operations = [{ op: 'replace', value: { active: false } }]
  await patchUser(write, row.id, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })
})

test('counts who is outside as the policy sees it, however a domain is spelled; who left does not count', async () => {
  const { total, first } = await previewOutsiders(porter.orgId)
  expect(first.map((each) => each.displayName)).toEqual([
    'a-outside@gmail.example',
    `b-inside@${porter.domain}`,
    'c-nothing',
    `d@mail.${porter.domain}`,
  ])
  expect(total).toBe(4)
})

test('tells who uses which domain, and whom only the address finds', async () => {
  const uses = await previewReleases(porter.orgId)
  expect(uses.get(idn)).toEqual({ people: 2, linkedByAddress: 2 })
  expect(uses.get(porter.domain)).toEqual({ people: 3, linkedByAddress: 2 })
})

test('another org sees none of it', async () => {
  const rabbit = await makeTestOrg('White Rabbit')
  expect(await previewOutsiders(rabbit.orgId)).toEqual({ total: 0, first: [] })
  expect([...(await previewReleases(rabbit.orgId)).keys()]).toEqual([rabbit.domain])
  expect(await listOwners(rabbit.orgId)).toEqual([])
})
