import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { configSchema } from './config'
import { type Bed, startBed } from './test-bed'

let bed: Bed
let counter = 0
let john = ''
let drivers = ''
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())
beforeEach(async () => {
  counter += 1
  john = `john${counter}.doe@porter.example`
  drivers = `Drivers ${counter}`
  await bed.api('POST', '/orgs/porter/people', { firstName: 'John', lastName: 'Doe', login: john })
  expect((await bed.api('POST', '/orgs/porter/groups', { name: drivers })).status).toBe(201)
  bed.fake.seen.length = 0
})

const act = (action: string) => bed.api('POST', `/orgs/porter/people/${john}/${action}`)
const group = (method: string, path = '', body?: unknown) =>
  bed.api(method, `/orgs/porter/groups/${encodeURIComponent(drivers)}${path}`, body)
const join = () => group('PUT', `/members/${john}`)
const sent = () => bed.fake.seen.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '').split('/')[4]}`)
const operations = () => Object(bed.fake.seen.at(-1)?.body).Operations
const quiet = () => {
  bed.fake.seen.length = 0
}

describe('groups of a company', () => {
  it('are made, filled and removed without a word to the app while they are not pushed', async () => {
    expect((await join()).body).toMatchObject({ group: { push: 'off', members: [expect.any(String)] }, requests: [] })
    await act('assign')
    quiet()
    expect((await group('DELETE', `/members/${john}`)).body).toMatchObject({ group: { members: [] } })
    expect((await group('DELETE')).status).toBe(200)
    expect((await group('GET')).status).toBe(404)
    expect(sent()).toEqual([])
  })

  it.each([
    ['POST', '/orgs/porter/groups', { name: ' ' }, 400, 'name: must not be empty'],
    ['PUT', '/orgs/porter/groups/nothing/members/max.member@porter.example', undefined, 404, 'no group "nothing"'],
    ['POST', '/orgs/porter/groups/nothing/push', undefined, 404, 'no group "nothing"'],
  ])('%s %s with %j is %d', async (method, path, body, status, sentence) => {
    const answer = await bed.api(method, path, body)
    expect(answer).toMatchObject({ status, body: { error: expect.stringContaining(sentence) } })
  })

  it('keep their names apart, and ask to be unlinked before they go', async () => {
    expect((await bed.api('POST', '/orgs/porter/groups', { name: drivers.toUpperCase() })).status).toBe(409)
    await group('POST', '/push')
    expect(await group('DELETE')).toMatchObject({ status: 409, body: { error: expect.stringContaining('Unlink') } })
    expect((await group('POST', '/unlink', { delete: 'yes' })).status).toBe(400)
    expect((await group('POST', '/unlink', { delete: false })).body).toMatchObject({ requests: [] })
    expect((await group('DELETE')).status).toBe(200)
  })

  it('come from the config, pushed already when the app id is known, and survive a restart', async () => {
    const [first, ...others] = bed.config.orgs
    const groups = [
      { name: 'Owners', members: ['olivia.owner@porter.example'] },
      { name: 'Known', members: ['max.member@porter.example'], appGroupId: 'app-group' },
    ]
    await bed.restart(configSchema.parse({ ...bed.config, orgs: [{ ...first, groups }, ...others] }))
    const found = await bed.api('GET', '/orgs/porter/groups')
    expect(found.body).toMatchObject({
      groups: expect.arrayContaining([
        expect.objectContaining({ name: 'Owners', push: 'off', members: [expect.stringMatching(/^00u/)] }),
        expect.objectContaining({ name: 'Known', push: 'on', appGroupId: 'app-group' }),
        expect.objectContaining({ name: drivers }),
      ]),
    })
    await bed.restart()
    expect((await bed.api('GET', '/orgs/porter/groups')).body).toEqual(found.body)
  })
})

describe('Push Groups', () => {
  it('sends a member only once assigned, after the person', async () => {
    await join()
    await group('POST', '/push')
    expect(sent()).toEqual(['GET Groups', 'POST Groups'])
    quiet()
    await act('assign')
    expect(sent()).toEqual(['GET Users', 'POST Users', 'PATCH Groups'])
    expect(operations()).toMatchObject([
      { op: 'replace', value: { displayName: drivers } },
      { op: 'add', path: 'members', value: [{ display: 'John Doe' }] },
    ])
  })

  it('says nothing of who left Okta meanwhile, and takes the membership back when the person returns', async () => {
    await join()
    await act('assign')
    await group('POST', '/push')
    await act('deactivate')
    quiet()
    await group('DELETE', `/members/${john}`)
    expect(sent()).toEqual([])
    await act('activate')
    expect(sent()).toEqual(['PATCH Users', 'PUT Users', 'PATCH Groups'])
    expect(operations()).toMatchObject([{ op: 'replace' }, { op: 'remove' }])
  })

  it('stops while paused, and catches up with the next push', async () => {
    await act('assign')
    await group('POST', '/push')
    await group('POST', '/pause')
    quiet()
    await join()
    expect(sent()).toEqual([])
    expect((await group('POST', '/push')).body).toMatchObject({ group: { push: 'on' } })
    expect(operations()).toMatchObject([{ op: 'replace' }, { op: 'replace', path: 'members', value: [{}] }])
    expect(await group('POST', '/pause')).toMatchObject({ status: 200 })
    expect(await group('POST', '/pause')).toMatchObject({ status: 409 })
  })

  it('keeps what the app answered as a task, which a push clears', async () => {
    bed.fake.answerNext({ status: 200, body: { totalResults: 0 } }, { status: 409, body: { detail: 'Name is taken.' } })
    const message = `Group push of ${drivers} to app Rollcall failed: Name is taken.`
    expect((await group('POST', '/push')).body).toMatchObject({ error: message, group: { task: { message } } })
    const { body } = await group('POST', '/push')
    expect(body).toMatchObject({ group: { appGroupId: expect.any(String) } })
    expect(body).not.toHaveProperty('group.task')
  })

  it('forgets a group that answers 404 and looks the name up with the next push', async () => {
    await group('POST', '/push')
    bed.fake.answerNext({ status: 404, body: { detail: 'There is no such group.' } })
    expect((await group('PATCH', '', { name: `${drivers} renamed` })).body).toMatchObject({
      error: expect.stringContaining('There is no such group.'),
    })
    drivers = `${drivers} renamed`
    quiet()
    await group('POST', '/push')
    expect(sent()).toEqual(['GET Groups', 'POST Groups'])
  })

  it('works on one group at a time', async () => {
    await act('assign')
    await group('POST', '/push')
    quiet()
    await Promise.all([join(), group('DELETE', `/members/${john}`), join()])
    expect(sent()).toEqual(['PATCH Groups', 'PATCH Groups', 'PATCH Groups'])
    expect((await bed.api('GET', `/orgs/porter/log?group=${encodeURIComponent(drivers)}`)).body).toMatchObject({
      entries: { length: 5 },
    })
  })
})
