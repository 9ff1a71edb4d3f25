import { describe, it } from 'vitest'
import { chooseAtOkta, signedIn, withBrowser } from '../browser'
import { withDatabase } from '../database'
import { expect } from '../expect'
import { appUrl, newPerson, porter, until, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'

const newContext = withBrowser()
const db = withDatabase()

/** Both shapes of issuer: Porter's is a custom authorization server, White Rabbit's the org server. */
describe.each([
  ['porter', porter],
  ['white-rabbit', whiteRabbit],
] as const)('“Clear user sessions” in the Okta of %s', (slug, org) => {
  it.each(['iss_sub', 'email'] as const)(
    'ends every open tab, says so, and lets the person back in (%s)',
    async (format) => {
      const okta = oktaOf(org)
      const person = newPerson('Uma', org)
      const id = await okta.hire(person)
      const context = await newContext()
      const page = await signedIn(context, org, person.login)
      const second = await signedIn(await newContext(), org, person.login)
      // A tab is told once it listens.
      for (const tab of [page, second]) await Promise.all([tab.waitForResponse(/\/me\/stream$/), tab.reload()])
      const outcome = await okta.clearSessions(person.login, format)
      expect(outcome.requests.map(({ method, status }) => `${method} ${status}`)).toEqual(['POST 204'])
      for (const tab of [page, second]) {
        await expect(tab).toHaveURL(`${appUrl}/denied?org=${slug}`)
        await expect(tab.getByRole('heading', { level: 1 })).toHaveText('You are signed out')
        await expect(tab.getByRole('main')).toContainText('Okta signed you out everywhere')
      }
      expect((await context.request.get(`/api/me?org=${slug}`)).status()).toBe(401)

      // Nothing but the sessions: the same person, active, comes back at once.
      await page.getByRole('button', { name: /again$/ }).click()
      await chooseAtOkta(page, person.login)
      await expect(page).toHaveURL(`${appUrl}/orgs/${slug}`)
      const [row] = await db.inOrg(slug, (tx) => tx`select active, role from users where id = ${id}`)
      expect(row).toEqual({ active: true, role: 'member' })

      const events = () =>
        db.inOrg(
          slug,
          (tx) => tx`select e.id, e.effects, e.okta_event, t.ms, t.count from events e
          left join event_timings t on t.org_id = e.org_id and t.event_id = e.id and t.name = 'told'
          where e.type = 'session.revoked' and e.target_id = ${id}`,
        )
      const [event] = await until('the time until the last tab was told', async () => {
        const found = await events()
        return found[0]?.ms === null ? null : found
      })
      expect(event?.effects).toEqual({ sessionsEnded: 2 })
      expect(event?.okta_event).toBe('user.authentication.universal_logout')
      expect(event?.count).toBe(2)
      process.stdout.write(`${slug}: the last tab was told after ${event?.ms} ms\n`)
      if (process.env.ROLLCALL_LONG === '1') expect(Number(event?.ms)).toBeLessThanOrEqual(1000)
    },
  )
})

it('a SCIM token, of this company or the other, ends nothing', async () => {
  const person = newPerson('Victor')
  await oktaOf(porter).hire(person)
  const context = await newContext()
  await signedIn(context, porter, person.login)
  for (const { scimToken } of [porter, whiteRabbit]) {
    const answer = await fetch(`${appUrl}/api/orgs/porter/global-token-revocation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scimToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sub_id: { format: 'email', email: person.login } }),
    })
    expect(answer.status).toBe(401)
  }
  expect((await context.request.get('/api/me?org=porter')).status()).toBe(200)
})
