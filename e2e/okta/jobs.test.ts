import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bed, startBed } from './test-bed'

let bed: Bed
let counter = 0
let john = ''
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())
beforeEach(async () => {
  counter += 1
  john = `john${counter}.doe@porter.example`
  await bed.api('POST', '/orgs/porter/reset')
  // Five minutes are three milliseconds here.
  await bed.api('PUT', '/orgs/porter/settings', { timeScale: 100_000 })
  await bed.api('POST', '/orgs/porter/people', { firstName: 'John', lastName: 'Doe', login: john })
  bed.fake.seen.length = 0
})

const act = (action: string, who = john) => bed.api('POST', `/orgs/porter/people/${who}/${action}`)
const sent = () => bed.fake.seen.map(({ method }) => method)
const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each)
const tasks = async () => Object(await bed.api('GET', '/orgs/porter/tasks')).body.tasks
const scale = (timeScale: number) => bed.api('PUT', '/orgs/porter/settings', { timeScale })
const until = async (holds: () => unknown) => {
  for (let tries = 0; tries < 200 && !(await holds()); tries += 1) await new Promise((done) => setTimeout(done, 10))
  expect(await holds()).toBeTruthy()
}

describe('a 429', () => {
  const now = { status: 429, headers: { 'retry-after': '0' } }
  const date = { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }
  it.each([
    ['a whole-second Retry-After is waited out', now],
    ['a date is not understood: Okta waits as it chooses', date],
    ['without Retry-After Okta waits as it chooses', { status: 429 }],
  ])('%s, and the request is sent again', async (_rule, busy) => {
    bed.fake.answerNext(busy, busy)
    expect((await act('assign')).body).toMatchObject({ person: { appUserId: expect.any(String) } })
    expect(sent()).toEqual(['GET', 'GET', 'GET', 'POST'])
  })

  it('is a task after ten tries, which "Retry selected" does again', async () => {
    bed.fake.answerNext(...times(10, now))
    expect((await act('assign')).body).toMatchObject({ error: expect.stringContaining('HTTP 429') })
    expect(sent()).toEqual(times(10, 'GET'))
    const [task] = await tasks()
    expect(task).toMatchObject({ kind: 'person', name: 'John Doe', action: 'assign', state: 'failed' })
    const { body } = await bed.api('POST', '/orgs/porter/tasks/retry', { ids: [task.id] })
    expect(body).toMatchObject({ results: [{ name: 'John Doe', requests: [{}, { status: 201 }] }], tasks: [] })
    expect((await bed.api('POST', '/orgs/porter/tasks/retry', { ids: [task.id] })).status).toBe(404)
  })

  it('lets the admin go while it waits long, shows the wait, and goes on when woken', async () => {
    bed.fake.answerNext({ status: 429, headers: { 'retry-after': '300' } })
    expect((await act('assign')).body).toMatchObject({ waiting: true, requests: [{ status: 429 }] })
    const [task] = await tasks()
    expect(task).toMatchObject({ state: 'waiting', tries: 1, action: 'assign' })
    expect(Date.parse(task.until) - Date.now()).toBeGreaterThan(250_000)
    await bed.api('POST', '/orgs/porter/tasks/retry')
    await until(async () => (await tasks()).length === 0)
    expect(sent()).toEqual(['GET', 'GET', 'POST'])
  })

  it('doubles its own waits from five minutes', async () => {
    await scale(1)
    bed.fake.answerNext({ status: 429 }, { status: 429 })
    await act('assign')
    const left = async () => Math.round((Date.parse((await tasks())[0]?.until) - Date.now()) / 60_000)
    expect(await left()).toBe(5)
    await bed.api('POST', '/orgs/porter/tasks/retry')
    await until(async () => (await tasks())[0]?.tries === 2)
    expect(await left()).toBe(10)
  })

  it('gives way to a newer change of the same person', async () => {
    bed.fake.answerNext({ status: 429, headers: { 'retry-after': '300' } })
    await act('assign')
    expect((await act('deactivate')).body).toMatchObject({ person: { status: 'deactivated' } })
    expect(await tasks()).toEqual([])
    expect(sent()).toEqual(['GET', 'GET'])
  })

  it('goes on after a restart, and ends with a reset', async () => {
    bed.fake.answerNext({ status: 429, headers: { 'retry-after': '300' } })
    await act('assign')
    await bed.restart()
    expect(await tasks()).toMatchObject([{ state: 'waiting', action: 'assign' }])
    await bed.api('POST', '/orgs/porter/tasks/retry')
    await until(() => sent().length === 3)
    await until(async () => (await tasks()).length === 0)
    bed.fake.answerNext({ status: 429, headers: { 'retry-after': '300' } })
    await act('deactivate')
    await bed.api('POST', '/orgs/porter/reset')
    expect(await tasks()).toEqual([])
    expect((await bed.api('GET', '/orgs/porter/log')).body).toEqual({ entries: [] })
  })

  it('of a credentials test is shown at once', async () => {
    bed.fake.answerNext({ status: 429 })
    const { body } = await bed.api('POST', '/orgs/porter/test-credentials')
    expect(body).toMatchObject({ requests: [{ status: 429 }], error: expect.stringContaining('HTTP 429') })
  })
})

describe('faults', () => {
  const arm = (kind: string, body = {}) => bed.api('PUT', `/orgs/porter/faults/${kind}`, body)
  const on = async () =>
    Object(await bed.api('GET', '/orgs/porter/faults'))
      .body.faults.filter((fault: { on: boolean }) => fault.on)
      .map(({ kind }: { kind: string }) => kind)

  it('a lost answer: the app has the user, Okta looks again and finds it', async () => {
    await arm('lost-answer')
    const { body } = await act('assign')
    expect(sent()).toEqual(['GET', 'POST', 'GET', 'PUT'])
    expect(body).toMatchObject({
      person: { appUserId: expect.any(String) },
      requests: [{}, { status: 0, faults: ['lost-answer'] }, {}, { status: 200 }],
    })
    expect(await on()).toEqual([])
  })

  it('a wrong token and the other company’s address', async () => {
    await arm('wrong-token')
    await bed.api('POST', '/orgs/porter/test-credentials')
    expect(bed.fake.seen[0]?.headers.authorization).not.toContain('porterSecret')
    await arm('other-company')
    await bed.api('POST', '/orgs/porter/test-credentials')
    expect(bed.fake.seen[1]?.path).toContain('/scim/v2/white-rabbit/Users')
    expect(bed.fake.seen[1]?.headers.authorization).toContain('porterSecret')
    await bed.api('POST', '/orgs/porter/test-credentials')
    expect(bed.fake.seen[2]?.path).toContain('/scim/v2/porter/Users')
  })

  it('a missing surname and a colleague’s userName wait for the next user that is sent', async () => {
    await arm('missing-surname')
    await act('assign')
    expect(bed.fake.seen[1]?.body).toMatchObject({ name: { givenName: 'John' } })
    expect(bed.fake.seen[1]?.body).not.toHaveProperty('name.familyName')
    await bed.api('POST', '/orgs/porter/people', { firstName: 'Ann', lastName: 'Lee', login: 'ann@porter.example' })
    await arm('duplicate-user-name')
    await act('assign', 'ann@porter.example')
    expect(bed.fake.seen.at(-1)?.body).toMatchObject({ userName: john, displayName: 'Ann Lee' })
  })

  it('stays on when sticky, until it is cleared; a reset clears all', async () => {
    await arm('slow-network', { sticky: true, ms: 1 })
    await act('assign')
    expect(await on()).toEqual(['slow-network'])
    await bed.api('DELETE', '/orgs/porter/faults/slow-network')
    expect(await on()).toEqual([])
    await arm('wrong-token', { sticky: true })
    await bed.api('POST', '/orgs/porter/reset')
    expect(await on()).toEqual([])
    expect((await arm('earthquake')).status).toBe(400)
  })
})

describe('groups of the app', () => {
  const group = (method: string, path: string, body?: unknown) => bed.api(method, `/orgs/porter/groups${path}`, body)
  beforeEach(() => group('POST', '', { name: 'Drivers' }))

  it('assigning a group assigns its members, whoever joins later too, and takes only that back', async () => {
    await group('PUT', `/Drivers/members/${john}`)
    expect(sent()).toEqual([])
    expect((await group('POST', '/Drivers/assign')).body).toMatchObject({ requests: [{}, { method: 'POST' }] })
    const joined = await group('PUT', '/Drivers/members/max.member@porter.example')
    expect(joined.body).toMatchObject({ requests: [{ method: 'GET' }, { method: 'POST' }] })
    await bed.api('POST', '/orgs/porter/people', { firstName: 'Own', lastName: 'One', login: 'own@porter.example' })
    await act('assign', 'own@porter.example')
    await group('PUT', '/Drivers/members/own@porter.example')
    expect((await group('DELETE', `/Drivers/members/${john}`)).body).toMatchObject({ requests: [{ method: 'PATCH' }] })
    expect((await group('POST', '/Drivers/unassign')).body).toMatchObject({ requests: [{ method: 'PATCH' }] })
    const assigned = async (who: string) => Object(await bed.api('GET', `/orgs/porter/people/${who}`)).body.assigned
    expect(await assigned('own@porter.example')).toBe(true)
    expect(await assigned('max.member@porter.example')).toBe(false)
    expect((await group('POST', '/Drivers/unassign')).status).toBe(409)
  })

  it('a deactivated member gets the group’s assignment with the activation', async () => {
    await group('PUT', `/Drivers/members/${john}`)
    await act('deactivate')
    await group('POST', '/Drivers/assign')
    expect(sent()).toEqual([])
    await act('activate')
    expect(sent()).toEqual(['GET', 'POST'])
  })
})

describe('people', () => {
  it('are deleted once deactivated, without a word to the app', async () => {
    await act('assign')
    expect((await bed.api('DELETE', `/orgs/porter/people/${john}`)).status).toBe(409)
    await act('deactivate')
    bed.fake.seen.length = 0
    expect((await bed.api('DELETE', `/orgs/porter/people/${john}`)).body).toEqual({ person: null, requests: [] })
    expect((await bed.api('GET', `/orgs/porter/people/${john}`)).status).toBe(404)
    expect(sent()).toEqual([])
  })

  it('come by import: pages are read, matches and new ones confirmed', async () => {
    const inApp = (body: unknown) =>
      fetch(`${bed.fake.url}/scim/v2/porter/Users`, { method: 'POST', body: JSON.stringify(body) })
    await inApp({ userName: john, displayName: 'John Doe' })
    await inApp({ userName: `new${counter}@porter.example`, displayName: 'Nell New' })
    bed.fake.seen.length = 0
    const { body } = await bed.api('POST', '/orgs/porter/import', {})
    expect(bed.fake.seen[0]?.path).toBe('/scim/v2/porter/Users?startIndex=1&count=100')
    const users: { userName: string; match: string; appUserId: string }[] = Object(body).import.users
    const of = (name: string) => users.find(({ userName }) => userName === name)
    expect(of(john)?.match).toBe('match')
    expect(of(`new${counter}@porter.example`)?.match).toBe('new')
    const ids = [of(john)?.appUserId, of(`new${counter}@porter.example`)?.appUserId]
    expect((await bed.api('POST', '/orgs/porter/import/confirm', { ids })).body).toMatchObject({
      people: [
        { login: john, assigned: true, appUserId: ids[0] },
        { firstName: 'Nell', lastName: 'New', assigned: true, appUserId: ids[1] },
      ],
    })
    expect((await bed.api('POST', '/orgs/porter/import/confirm', { ids })).status).toBe(404)
  })
})
