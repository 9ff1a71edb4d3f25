import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import { countUsers } from './count-users'
import { applyImport, type ImportPlan, planImport } from './import-users'
import { listUsers } from './list-users'
import { addPerson, type ManageContext } from './manage-users'
import { createUser } from './scim-users'

let porter: TestOrg
let ctx: ManageContext
const someone = { kind: 'user', id: newId(), name: 'Adam Clarke' } as const

beforeAll(async () => {
  porter = await makeTestOrg('Porter', { domainPolicy: 'off' })
  ctx = { org: porter, actor: someone, actorRole: 'admin' }
})
afterAll(shutdown)

const linesOf = (plan: ImportPlan | { problem: string }) => {
  if ('problem' in plan) throw new Error(plan.problem)
  return plan.lines.map(({ line, action }) => [line, action])
}

describe('a file of people', () => {
  const file = [
    'email,givenName,familyName,title,role,active',
    'ada@porter.example,Ada,Byron,Countess,manager,',
    'alan@porter.example,Alan,Turing,,,no',
    'not an address,X,Y,,,',
    'okta@porter.example,From,Okta,,,',
    'grace@porter.example,Grace,Hopper,,boss,',
  ].join('\n')

  test('is previewed line by line, and the preview writes nothing', async () => {
    await createUser(
      { org: porter, actor: { kind: 'okta', tokenId: 't' }, options: { mode: 'okta' } },
      { userName: 'okta@porter.example', externalId: '00u1' },
    )
    const before = await countUsers(porter.orgId)
    expect(linesOf(await planImport(ctx, file))).toEqual([
      [2, 'create'],
      [3, 'create'],
      [4, 'error'],
      [5, 'skip'],
      [6, 'error'],
    ])
    expect(await countUsers(porter.orgId)).toEqual(before)
  })

  test('does what the preview said, and the same file again changes nothing', async () => {
    await applyImport(ctx, file)
    const { users } = await listUsers(porter.orgId, { source: 'local' })
    expect(users.map(({ displayName, role, active }) => [displayName, role, active])).toEqual([
      ['Ada Byron', 'manager', true],
      ['Alan Turing', 'member', false],
    ])
    expect(linesOf(await applyImport(ctx, file)).filter(([, action]) => action !== 'error')).toEqual([
      [2, 'skip'],
      [3, 'skip'],
      [5, 'skip'],
    ])
  })

  test('changes what it names and keeps what it does not', async () => {
    const change = 'userName,title\nada@porter.example,Duchess\n'
    expect(linesOf(await applyImport(ctx, change))).toEqual([[2, 'change']])
    const { users } = await listUsers(porter.orgId, { q: 'ada' })
    expect(users).toMatchObject([{ title: 'Duchess', displayName: 'Ada Byron', role: 'manager' }])
  })
})

test('an admin changes no owner, and nobody becomes one by a file', async () => {
  const form = { userName: 'boss@porter.example', email: 'boss@porter.example', givenName: 'Boss', familyName: '' }
  await addPerson({ ...ctx, actorRole: 'owner' }, { ...form, displayName: '', title: '', department: '' }, 'owner')
  expect(linesOf(await planImport(ctx, 'email,title\nboss@porter.example,x'))).toEqual([[2, 'error']])
  expect(linesOf(await planImport(ctx, 'email,role\nnew@porter.example,owner'))).toEqual([[2, 'error']])
})

test('where only verified domains may in, the preview says so', async () => {
  const org = await makeTestOrg('Strict', { domainPolicy: 'enforce' })
  const plan = await planImport({ ...ctx, org }, `email\na@${org.domain}\nb@elsewhere.example\n`)
  expect(linesOf(plan)).toEqual([
    [2, 'create'],
    [3, 'error'],
  ])
})

test('another company’s people are not seen: the same names are new there', async () => {
  const rabbit = await makeTestOrg('White Rabbit', { domainPolicy: 'off' })
  expect(linesOf(await planImport({ ...ctx, org: rabbit }, 'email\nada@porter.example'))).toEqual([[2, 'create']])
})
