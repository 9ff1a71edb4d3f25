import { it } from 'vitest'
import { answered, signedIn, withBrowser } from '../browser'
import { withCable } from '../cable'
import { expect } from '../expect'
import { appUrl, newPerson, porter, until } from '../fixtures'
import { oktaOf } from '../okta-client'
import { activePatch, idOf, scimAt, scimUser } from '../scim-client'

const newContext = withBrowser()
/** As most people have it: new rows glow, and the light beats. */
const moving = { reducedMotion: 'no-preference' } as const
const scim = scimAt(porter.scim, porter.scimToken)

type Message = { id: string; event: string; data: string }

/** An event stream as a program reads it; `stop` closes it. */
function listen(cookie: string, lastEventId?: string) {
  const messages: Message[] = []
  const aborter = new AbortController()
  let open = false
  const ended = (async () => {
    const response = await fetch(`${appUrl}/api/orgs/porter/events/stream`, {
      headers: { cookie, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
      signal: aborter.signal,
    })
    open = response.ok
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8')
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
        if (field('event')) messages.push({ id: field('id'), event: field('event'), data: field('data') })
      }
    }
  })().catch((error: unknown) => {
    if (!aborter.signal.aborted) throw error
  })
  const stop = () => {
    aborter.abort()
    return ended
  }
  return { messages, isOpen: () => open, stop }
}

const hire = async () => idOf(await scim('POST', '/Users', scimUser(newPerson('Lily').login)))
const about = (messages: Message[], id: string) => messages.filter(({ data }) => data.includes(`"targetId":"${id}"`))

it('a stream resumes with Last-Event-ID: nothing is missing', async () => {
  const context = await newContext()
  await signedIn(context, porter, porter.people.admin)
  const cookie = (await context.cookies(appUrl)).map(({ name, value }) => `${name}=${value}`).join('; ')
  const first = listen(cookie)
  await until('the stream to open', async () => first.isOpen())
  const before = await hire()
  await until('an event', async () => about(first.messages, before).length > 0)
  await first.stop()
  const last = first.messages.at(-1)?.id ?? ''
  expect(last).not.toBe('')

  const missed = [await hire(), await hire(), await hire()]
  const second = listen(cookie, last)
  await until('what was missed', async () => missed.every((id) => about(second.messages, id).length > 0))
  const after = await hire()
  await until('what came after', async () => about(second.messages, after).length > 0)
  await second.stop()
  for (const id of [...missed, after]) expect(about(second.messages, id)).toHaveLength(1)
})

it('the open log loses its connection, comes back by itself, and shows each event once', async () => {
  const context = await newContext({ expected: [/ERR_(CONNECTION|EMPTY|INCOMPLETE)/] })
  await signedIn(context, porter, porter.people.admin)
  const cable = await withCable(appUrl)
  const page = await context.newPage()
  // Cookies are not bound to a port, so the session is good at the cable's end too.
  await page.goto(`${cable.url}/orgs/porter/admin/events`)
  const state = page.getByRole('status').filter({ hasText: /Live|Reconnecting/ })
  await expect(state).toHaveText('Live')
  const [one, two, three] = [newPerson('Una'), newPerson('Duo'), newPerson('Tri')]
  const okta = oktaOf(porter)
  const rows = (p: typeof one) =>
    page
      .getByRole('table', { name: 'Events, newest first' })
      .getByRole('rowheader')
      .filter({ hasText: `created ${p.firstName} ${p.lastName}` })
  await okta.hire(one)
  await expect(rows(one)).toHaveCount(1)
  cable.cut()
  await expect(state).toHaveText('Reconnecting')
  await okta.hire(two)
  cable.mend()
  await expect(state).toHaveText('Live')
  await okta.hire(three)
  for (const person of [three, two, one]) await expect(rows(person)).toHaveCount(1)
})

it('a page opened right after a burst takes in what is new and nothing of the page behind it', async () => {
  const id = await hire()
  const active = Array.from({ length: 60 }, (_, index) => index % 2 === 1)
  for (const each of active) await scim('PATCH', `/Users/${id}`, activePatch(each))
  const page = await signedIn(await newContext(moving), porter, porter.people.admin, '/orgs/porter/admin/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const rows = page.getByRole('table', { name: 'Events, newest first' }).getByRole('rowheader').getByRole('link')
  const ids = () => rows.evaluateAll((all) => all.map((row) => row.id))
  const before = await ids()
  expect(before).toHaveLength(50)
  const person = newPerson('Bert')
  await oktaOf(porter).hire(person)
  await expect(rows.filter({ hasText: `created ${person.firstName} ${person.lastName}` })).toHaveCount(1)
  const after = await ids()
  expect(after.slice(after.indexOf(before[0] ?? ''))).toEqual(before)
})

it('events wait behind a button while the log is paused', async () => {
  const page = await signedIn(await newContext(moving), porter, porter.people.admin, '/orgs/porter/admin/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  const person = newPerson('Paula')
  await oktaOf(porter).hire(person)
  await expect(page.getByRole('button', { name: /new event/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Events, newest first' })).not.toContainText(person.lastName)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('table', { name: 'Events, newest first' })).toContainText(person.lastName)
})

it('a person’s page changes under the eyes of the admin', async () => {
  const person = newPerson('Peer')
  const id = await oktaOf(porter).hire(person)
  const page = await signedIn(await newContext(moving), porter, porter.people.admin, `/orgs/porter/admin/users/${id}`)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await scim('PATCH', `/Users/${id}`, activePatch(false))
  await expect(page.getByRole('main')).toContainText('Deactivated')
})

it('a session that ends closes its stream of events, and an admin who is one no more reads no further', async () => {
  const person = newPerson('Addy')
  const okta = oktaOf(porter)
  const id = await okta.hire(person)
  const context = await newContext({ expected: [answered(401)] })
  await signedIn(context, porter, person.login)
  const cookie = (await context.cookies(appUrl)).map(({ name, value }) => `${name}=${value}`).join('; ')
  const refused = await fetch(`${appUrl}/api/orgs/porter/events/stream`, { headers: { cookie } })
  expect(refused.status).toBe(403)
  const own = await fetch(`${appUrl}/api/orgs/porter/me/stream`, { headers: { cookie } })
  expect(own.headers.get('content-type')).toContain('text/event-stream')
  await scim('PATCH', `/Users/${id}`, activePatch(false))
  const text = await own.text()
  expect(text).toContain('event: ended')
  expect(text).toContain('Okta deactivated your account')
})

it('a time is told by the clock of who reads it, also where the server had written another', async () => {
  const page = await (await newContext()).newPage()
  await page.addInitScript(() => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + 2 * 3_600_000
  })
  await page.goto((await signedIn(page.context(), porter, porter.people.admin, '/orgs/porter/admin/events')).url())
  await expect(page.getByRole('table', { name: 'Events, newest first' }).locator('time').first()).toHaveText(/hr\. ago/)
})
