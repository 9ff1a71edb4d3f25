import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fill, readSequence, requestLine } from '../wire/sequence'
import { type Bed, startBed } from './test-bed'

let bed: Bed
let counter = 0
let john = ''
let jane = ''
let drivers = ''
/** What was known of somebody who is deleted since. */
let gone: Awaited<ReturnType<typeof known>> | undefined
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())
beforeEach(async () => {
  counter += 1
  john = `john${counter}.doe@porter.example`
  jane = `jane${counter}.roe@porter.example`
  drivers = `Drivers ${counter}`
  await bed.api('PUT', '/orgs/porter/settings', { mode: 'oin', sender: 'okta' })
  gone = undefined
  await bed.api('POST', '/orgs/porter/people', { firstName: 'John', lastName: 'Doe', login: john })
  await bed.api('POST', '/orgs/porter/people', { firstName: 'Jane', lastName: 'Roe', login: jane })
  expect((await bed.api('POST', '/orgs/porter/groups', { name: drivers })).status).toBe(201)
})

const act = (action: string, who = john) => bed.api('POST', `/orgs/porter/people/${who}/${action}`)
const edit = (patch: unknown) => bed.api('PATCH', `/orgs/porter/people/${john}`, patch)
const aiw = () => bed.api('PUT', '/orgs/porter/settings', { mode: 'aiw' })
const group = (method: string, path: string, body?: unknown) =>
  bed.api(method, `/orgs/porter/groups/${encodeURIComponent(drivers)}${path}`, body)
const join = (who = john) => group('PUT', `/members/${who}`)
const leave = () => group('DELETE', `/members/${john}`)
const push = () => group('POST', '/push')
const entra = () => bed.api('PUT', '/orgs/porter/settings', { sender: 'entra' })
const importPaged = () => bed.api('POST', '/orgs/porter/import', { pageSize: 1 })
const inApp = (path: string, body: unknown) =>
  fetch(`${bed.fake.url}/scim/v2/porter${path}`, { method: 'POST', body: JSON.stringify(body) })

const CASES: [file: string, prepare: (() => Promise<unknown>)[], action: () => Promise<unknown>][] = [
  ['okta-test-credentials', [], () => bed.api('POST', '/orgs/porter/test-credentials')],
  ['okta-assign-new', [], () => act('assign')],
  ['okta-assign-existing', [() => inApp('/Users', { userName: john })], () => act('assign')],
  [
    'okta-profile-push',
    [() => act('assign')],
    () => edit({ lastName: 'Roe', title: 'Lead', department: 'Road', roles: ['manager'] }),
  ],
  ['okta-deactivate', [() => act('assign')], () => act('deactivate')],
  ['okta-deactivate', [() => act('assign')], () => act('unassign')],
  ['okta-reactivate', [() => act('assign'), () => act('deactivate')], () => act('activate')],
  ['okta-reactivate', [() => act('assign'), () => act('unassign')], () => act('assign')],
  ['okta-aiw-deactivate', [() => act('assign'), aiw], () => act('deactivate')],
  ['okta-aiw-reactivate', [() => act('assign'), aiw, () => act('deactivate')], () => act('activate')],
  ['okta-group-push', [() => act('assign'), () => act('assign', jane), () => join(), () => join(jane)], () => push()],
  ['okta-group-push-empty', [() => join()], () => push()],
  [
    'okta-group-link',
    [() => act('assign'), () => join(), () => inApp('/Groups', { displayName: drivers })],
    () => push(),
  ],
  ['okta-group-push-now', [() => act('assign'), () => join(), push], () => push()],
  ['okta-group-add-member', [() => act('assign'), push], () => join()],
  ['okta-group-remove-member', [() => act('assign'), () => join(), push], () => leave()],
  ['okta-group-rename', [() => act('assign'), () => join(), push], () => group('PATCH', '', { name: `${drivers} 2` })],
  ['okta-group-unlink-delete', [push], () => group('POST', '/unlink', { delete: true })],
  ['okta-import', [async () => bed.fake.forget(), () => act('assign'), () => act('assign', jane)], () => importPaged()],
  ['entra-test-connection', [entra], () => bed.api('POST', '/orgs/porter/test-credentials')],
  ['entra-create', [entra], () => act('assign')],
  [
    'entra-profile-push',
    [entra, () => act('assign')],
    () => edit({ lastName: 'Roe', title: 'Lead', department: 'Road', roles: ['manager'] }),
  ],
  [
    'entra-block-and-restore',
    [entra, () => act('assign')],
    async () => {
      await act('suspend')
      await act('unsuspend')
    },
  ],
  [
    'entra-soft-then-hard-delete',
    [entra, () => act('assign')],
    async () => {
      gone = await known()
      await act('deactivate')
      await bed.api('DELETE', `/orgs/porter/people/${john}`)
    },
  ],
  ['entra-group-push', [entra, () => act('assign'), () => join()], () => push()],
  ['entra-group-rename', [entra, push], () => group('PATCH', '', { name: `${drivers} 2` })],
  ['okta-aiw-group-update', [() => act('assign'), push, aiw], () => join()],
]

describe('the stand-in sends what is recorded', () => {
  it.each(CASES)('%s', async (file, prepare, action) => {
    for (const each of prepare) await each()
    bed.fake.seen.length = 0
    const groupName = drivers
    await action()
    const vars = { ...(gone ?? (await known())), groupName, unique: nobody() }
    const expected = readSequence(`${file}.json`).steps.map(({ send, body, over }) => {
      const { method, path } = requestLine(send, vars)
      return { method, path: `/scim/v2/porter${path}`, body: body ?? over }
    })
    expect(bed.fake.seen.map(({ method, path }) => ({ method, path }))).toEqual(
      expected.map(({ method, path }) => ({ method, path })),
    )
    for (const [at, { method, body }] of expected.entries()) {
      const sent = bed.fake.seen[at]?.body
      // A PUT carries on what the app gave besides; all others are sent exactly so.
      if (method === 'PUT') expect(sent).toMatchObject(Object(fill(body, vars)))
      else expect(sent).toEqual(fill(body, vars))
    }
  })
})

/** The ids and names of this test's people and group, under the names the recordings use. */
async function known() {
  const idsOf = async (path: string) => {
    const { body } = await bed.api('GET', `/orgs/porter${path}`)
    return Object(body) as Record<string, unknown>
  }
  const [one, other] = [await idsOf(`/people/${john}`), await idsOf(`/people/${jane}`)]
  const { groups } = await idsOf('/groups')
  const here = Array.isArray(groups) ? groups.find(({ name }) => String(name).startsWith(drivers)) : undefined
  const unlinked = /Groups\/(.+)$/.exec(bed.fake.seen.at(-1)?.path ?? '')?.[1]
  return {
    userName: john,
    otherName: jane,
    externalId: one.id,
    otherExternalId: other.id,
    id: one.appUserId,
    otherId: other.appUserId,
    groupExternalId: here?.id,
    groupId: here?.appGroupId ?? unlinked,
    password: expect.stringMatching(/^.{12,}$/),
  }
}

/** The part of Entra's connection test that is new in each process. */
const nobody = () => /5b0d7d9c-nobody-(\w+)/.exec(bed.fake.seen[0]?.path ?? '')?.[1]
