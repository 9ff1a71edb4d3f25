import type { Page } from 'playwright'
import { beforeAll, it } from 'vitest'
import { barriersOf } from './axe'
import { answered, signedIn, withBrowser } from './browser'
import { withDatabase } from './database'
import { expect } from './expect'
import { newPerson, porter } from './fixtures'
import { oktaOf } from './okta-client'
import { activePatch, idOf, scimAt, scimGroup, scimUser } from './scim-client'

const quiet: Parameters<ReturnType<typeof withBrowser>>[0] = {
  bypassCSP: true,
  reducedMotion: 'reduce',
  expected: [answered(403), answered(404)],
}
const newContext = withBrowser({ keep: true })
const db = withDatabase()
const okta = oktaOf(porter)
const scim = scimAt(porter.scim, porter.scimToken)
const ids: Record<string, string> = {}
let anonymous: Page
let admin: Page
let member: Page

/** A company with something to show: a person with a long name who left, refusals, look-ups, tasks of somebody gone. */
beforeAll(async () => {
  const person = { ...newPerson('Maximiliane'), lastName: `Freifrau-von-und-zu-Hohenlohe-Langenburg-${process.pid}` }
  const id = await okta.hire(person)
  member = await signedIn(await newContext(quiet), porter, person.login)
  await member.getByLabel('New task').fill('Find out who has the other key to the server room, and ask for it back')
  await member.getByLabel('Due on').fill('2020-02-29')
  await member.getByRole('button', { name: 'Add task' }).click()
  await expect(member.getByText('overdue').first()).toBeVisible()
  await okta.update(person.login, { title: 'Interim deputy head of everything', roles: ['manager'] })
  const conflict = await scim('POST', '/Users', scimUser(person.login))
  expect(conflict.status).toBe(409)
  const gone = newPerson('Gerd')
  const goneId = await okta.hire(gone)
  await scim('PATCH', `/Users/${goneId}`, activePatch(false))
  const eventOf = async (type: string, outcome: string) => {
    const [row] = await db.inOrg(
      'porter',
      (tx) => tx`select id from events where type = ${type} and outcome = ${outcome} order by id desc limit 1`,
    )
    return String(row?.id)
  }
  const group = await scim(
    'POST',
    '/Groups',
    scimGroup(`Notdienst ${'Überwachungszentrale'.repeat(6)} ${id}`, [id, goneId]),
  )
  Object.assign(ids, { person: id, gone: goneId, group: idOf(group) })
  ids.updated = await eventOf('user.updated', 'success')
  ids.refused = await eventOf('user.created', 'failed')
  anonymous = await (await newContext(quiet)).newPage()
  admin = await signedIn(await newContext(quiet), porter, porter.people.admin)
})

const pages: [path: string, who: () => Page][] = [
  ...[
    '/',
    '/learn',
    '/sign-in',
    '/sign-in?unknown=1',
    '/sign-in/porter',
    '/sign-in/nobody',
    '/denied?org=porter',
    '/recover/used',
    '/setup/used',
    '/nothing-here',
  ].map((path): [string, () => Page] => [path, () => anonymous]),
  ['/orgs/porter', () => member],
  ['/orgs/porter/admin/users', () => member],
  ...[
    '',
    '/team',
    '/admin',
    '/admin/users?tab=all',
    '/admin/users?q=nobody-has-this-name',
    '/admin/users/PERSON',
    '/admin/users/GONE',
    '/admin/users/00000000-0000-7000-8000-000000000000',
    '/admin/groups',
    '/admin/groups?q=nothing-has-this-name',
    '/admin/groups/GROUP',
    '/admin/groups/GROUP?role=admin',
    '/admin/events?reads=1',
    '/admin/events?q=type:token.*+status:skipped+colour:red',
    '/admin/events/UPDATED',
    '/admin/events/REFUSED',
    '/access',
    '/step-up',
    '/admin/users/new',
    '/admin/users/import',
    '/admin/users/review',
    '/admin/setup?step=idp',
    '/admin/setup?step=sign-in',
    '/admin/setup?step=provisioning',
    '/admin/setup?step=listen',
    '/admin/setup?step=done',
    '/admin/setup/readiness',
    '/admin/settings/provisioning',
    '/admin/settings/domains',
    '/admin/settings/general',
    '/admin/settings/roles?find=e&who=maximiliane',
    '/admin/settings/sign-in',
    '/admin/settings/sign-in?test=stale',
  ].map((path): [string, () => Page] => [`/orgs/porter${path}`, () => admin]),
]

it.each(pages)('%s has no barrier on a desk or on a phone, in light or dark', async (path, who) => {
  const address = path.replace(/[A-Z]{4,}/, (name) => ids[name.toLowerCase()] ?? name)
  expect(await barriersOf(who(), address)).toEqual([])
  expect(await who().title()).toMatch(/^.+ · (Porter|Rollcall)$|^Rollcall: /)
})
