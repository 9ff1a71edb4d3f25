import { request } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { builtActions, call } from './access/actions'
import { type Balancer, startBalancer } from './balancer'
import { connect } from './database'
import { newPerson, until } from './fixtures'
import { activePatch, errorOf, idOf, PATCH_SCHEMA, scimAt, scimUser } from './scim-client'
import { type SecondStack, startSecondStack } from './second-stack'
import { type Heard, hear } from './sse-client'

/**
 * Two processes of the app, which share nothing but the database, behind one address. A second is what is promised; the
 * waits here have slack for a busy machine, and what was measured is printed.
 */
let balancer: Balancer
let stack: SecondStack
let one: SecondStack['first']
let other: SecondStack['first']
let browser: Awaited<ReturnType<typeof request.newContext>>
let stream: Heard

beforeAll(async () => {
  balancer = await startBalancer()
  stack = await startSecondStack({ ROLLCALL_URL: balancer.url, ROLLCALL_TRUSTED_PROXIES: '1' })
  one = stack.first
  other = await stack.startAnother()
  balancer.targets.push(one.url, other.url)
  browser = await request.newContext({ baseURL: balancer.url, extraHTTPHeaders: { origin: balancer.url } })
  const opened = await browser.post(`${stack.link}/open`, { maxRedirects: 0 })
  expect(opened.headers().location).toContain('/orgs/porter/admin')
})
afterAll(async () => {
  stream?.stop()
  await browser?.dispose()
  await stack?.stop()
})

/** Sends to one process only, through the balancer. */
async function via<T>(process: SecondStack['first'], send: () => Promise<T>): Promise<T> {
  balancer.state.only = process.url
  return send().finally(() => {
    balancer.state.only = undefined
  })
}
const scim = (token = stack.porter.scimToken) => scimAt(`${balancer.url}/scim/v2/porter`, token)
const me = async () => (await browser.get('/api/me')).status()

/** A figure, for who reads the test's output. */
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Calls an action of the provisioning settings, as the page's script does. */
async function act(name: string, form: Record<string, string>): Promise<string> {
  const page = '/orgs/porter/admin/settings/provisioning'
  const action = builtActions().get(`orgs/[org]/admin/settings/provisioning/actions ${name}`)
  const address = `${balancer.url}${page}`
  return (
    await call(browser, address, action?.id ?? '', ['porter', null, { form }], { headers: { origin: balancer.url } })
  ).text
}

it('an event that one wrote reaches a stream of the other within a second', async () => {
  const { cookies } = await browser.storageState()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  stream = await via(other, () => hear(`${balancer.url}/api/orgs/porter/events/stream`, { cookie }))
  const { login } = newPerson('Nora')
  const began = performance.now()
  expect((await via(one, () => scim()('POST', '/Users', scimUser(login)))).status).toBe(201)
  await until('the event', async () => stream.text().includes(login))
  say(`one process's event in the other's stream: ${Math.round(performance.now() - began)} ms after it was sent`)
})

it('a token that one revoked is refused by the other within a second', async () => {
  const made = await via(one, () => act('tokenAction', { do: 'create', days: '90' }))
  const token = /rollcall_[0-9A-Za-z]{68}/.exec(made)?.[0] ?? ''
  const id = /"id":"([0-9A-Za-z]{8})"/.exec(made)?.[1] ?? ''
  const look = () => via(other, () => scim(token)('GET', '/Users?count=1'))
  // Now the other has it in memory, for a second.
  expect((await look()).status).toBe(200)
  expect(await via(one, () => act('revokeAction', { token: id }))).toContain('The token is revoked.')
  const began = performance.now()
  const refused = await until(
    'the refusal',
    async () => {
      const answer = await look()
      return answer.status === 401 && answer
    },
    5000,
  )
  say(`a token revoked in one process, refused by the other after ${Math.round(performance.now() - began)} ms`)
  expect(errorOf(refused).status).toBe('401')
  expect((await via(other, () => scim()('GET', '/Users?count=1'))).status).toBe(200)
})

it('a person whom one deactivated is refused by the other on the next request, and the open stream ends', async () => {
  const person = await browser.get('/api/me')
  const { userId } = z.object({ userId: z.string() }).parse(await person.json())
  expect([await via(one, me), await via(other, me)]).toEqual([200, 200])
  const left = await via(one, () => scim()('PATCH', `/Users/${userId}`, activePatch(false)))
  expect(left.status).toBe(200)
  expect(await via(other, me)).toBe(401)
  await until('the stream was told', async () => stream.text().includes('event: ended'))
})

it('kill -9 of one loses nothing that was answered', async () => {
  const answered = { created: new Set<string>(), changed: new Set<string>() }
  const statuses: number[] = []
  const write = async (method: string, path: string, body: object) => {
    const answer = await scim()(method, path, body)
    statuses.push(answer.status)
    return answer
  }
  const title = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'replace', path: 'title', value: 'Cook' }] }
  let going = true
  const work = async () => {
    while (going) {
      const made = await write('POST', '/Users', scimUser(newPerson('Kim').login))
      if (made.status !== 201) continue
      const id = idOf(made)
      answered.created.add(id)
      if ((await write('PATCH', `/Users/${id}`, title)).status === 200) answered.changed.add(id)
    }
  }
  const workers = Promise.all(Array.from({ length: 8 }, work))
  try {
    await until('some were answered', async () => answered.changed.size > 40, 20_000)
    await other.kill()
    const before = answered.changed.size
    await until('the one that is left goes on', async () => answered.changed.size > before + 40, 20_000)
  } finally {
    going = false
    await workers
  }

  const rows = await kims()
  // Whole or not at all, also what nobody was answered about.
  for (const { id, changed, ...rest } of rows) {
    const events = changed ? ['user.created', 'user.updated'] : ['user.created']
    expect(rest, String(id)).toEqual({ history: events.length, events })
  }
  const [kept, titled] = [rows, rows.filter((row) => row.changed)].map(
    (all) => new Set(all.map((row) => String(row.id))),
  )
  expect([...answered.created].filter((id) => !kept?.has(id))).toEqual([])
  expect([...answered.changed].filter((id) => !titled?.has(id))).toEqual([])
  expect([...new Set(statuses)].filter((status) => ![200, 201, 502].includes(status))).toEqual([])
  const lost = statuses.filter((status) => status === 502).length
  say(`kill -9: ${statuses.length - lost} writes answered, all there with their events; ${lost} answered 502`)
})

/** Everybody called Kim, with what was written about each. */
async function kims() {
  const db = connect(stack.appRoleUrl)
  return db
    .inOrg(
      'porter',
      (tx) => tx`
      select u.id, u.attributes ->> 'title' = 'Cook' as changed,
        (select count(*)::int from user_history h where h.org_id = u.org_id and h.user_id = u.id) as history,
        (select array_agg(e.type order by e.id) from events e
          where e.org_id = u.org_id and e.target_id = u.id::text and e.outcome = 'success') as events
      from users u where u.user_name_key like 'kim.%'`,
    )
    .finally(db.end)
}
