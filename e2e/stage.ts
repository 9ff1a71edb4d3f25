import type { Page } from 'playwright'
import { createRecoveryLink, findRecoverable } from '@/lib/auth/recovery'
import { createSetupLink } from '@/lib/auth/setup-link'
import { createLocalUser } from '@/lib/directory/local'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { answered, signedIn, type withBrowser } from './browser'
import type { Database } from './database'
import { expect } from './expect'
import { newPerson, porter } from './fixtures'
import { oktaOf } from './okta-client'
import type { Visitor } from './page-list'
import { activePatch, idOf, scimAt, scimGroup, scimUser } from './scim-client'

type NewContext = ReturnType<typeof withBrowser>

const quiet: Parameters<NewContext>[0] = { expected: [answered(403), answered(404)] }

/**
 * Porter with something to show: a person with a long name, refusals, look-ups, somebody who left, a group, somebody Okta
 * does not know, a way in without Okta and an invitation for the IT person. Gives who looks, each on a page of their own,
 * and the address of an entry of the page list.
 */
export async function setStage(newContext: NewContext, db: Database) {
  const okta = oktaOf(porter)
  const scim = scimAt(porter.scim, porter.scimToken)
  const person = { ...newPerson('Maximiliane'), lastName: `Freifrau-von-und-zu-Hohenlohe-Langenburg-${process.pid}` }
  const id = await okta.hire(person)
  const member = await signedIn(await newContext(quiet), porter, person.login)
  await member.getByLabel('New task').fill('Find out who has the other key to the server room, and ask for it back')
  await member.getByLabel('Due on').fill('2020-02-29')
  await member.getByRole('button', { name: 'Add task' }).click()
  await expect(member.getByText('overdue').first()).toBeVisible()
  await okta.update(person.login, { title: 'Interim deputy head of everything', roles: ['manager'] })
  const conflict = await scim('POST', '/Users', scimUser(person.login))
  if (conflict.status !== 409) throw new Error(`The same name twice was answered ${conflict.status}`)
  const goneId = await okta.hire(newPerson('Gerd'))
  await scim('PATCH', `/Users/${goneId}`, activePatch(false))
  const eventOf = async (type: string, outcome: string) => {
    const [row] = await db.inOrg(
      'porter',
      (tx) => tx`select id from events where type = ${type} and outcome = ${outcome} order by id desc limit 1`,
    )
    return String(row?.id)
  }
  const name = `Notdienst ${'Überwachungszentrale'.repeat(6)} ${id}`
  const group = idOf(await scim('POST', '/Groups', scimGroup(name, [id, goneId])))
  const [updated, refused] = [await eventOf('user.updated', 'success'), await eventOf('user.created', 'failed')]

  const anonymous = await (await newContext(quiet)).newPage()
  const guest = await (await newContext(quiet)).newPage()
  await guest.goto(await invitationTo('porter'))
  await guest.getByRole('button', { name: 'Begin' }).click()
  await guest.waitForURL(/\/admin\/setup/)
  const admin = await signedIn(await newContext(quiet), porter, porter.people.admin)
  const visitors: Record<Visitor, Page> = { anonymous, member, admin, guest }

  const { org, maker } = await companyOf('porter')
  const local = await addLocal(org.orgId)
  const recovery = lastPart(await createRecoveryLink(org.orgId, maker))
  // A second invitation of Porter's would end the visit of the guest.
  const invitation = lastPart(await invitationTo('white-rabbit'))
  const ids: Record<string, string> = { person: id, gone: goneId, group, updated, refused, local, recovery, invitation }
  const addressOf = (path: string) => path.replace(/[A-Z]{4,}/, (word) => ids[word.toLowerCase()] ?? word)
  return { visitors, addressOf }
}

const lastPart = (address: string) => address.split('/').at(-1) ?? ''

/** A company, and somebody of it who may make links. */
async function companyOf(slug: string) {
  const org = await getOrgBySlug(slug)
  const maker = org && (await findRecoverable(org.orgId))
  if (!maker) throw new Error(`${slug} has no owner`)
  return { org, maker: maker.id }
}

async function invitationTo(slug: string): Promise<string> {
  const { org, maker } = await companyOf(slug)
  return createSetupLink({ org, actor: { kind: 'system' } }, maker)
}

/** Somebody whom Okta does not know. */
async function addLocal(orgId: string): Promise<string> {
  const { login, firstName, lastName } = newPerson('Lotte')
  const person = { userName: login, displayName: `${firstName} ${lastName}`, email: login, manualRole: null }
  return (await createLocalUser(orgId, person, { kind: 'system' })).row.id
}
