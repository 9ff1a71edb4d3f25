import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endSetupLink } from '@/lib/auth/setup-link'
import { hasRole } from '@/lib/directory/roles'
import { newId } from '@/lib/ids'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { shutdown } from '@/lib/process'
import { addTask } from '@/lib/tasks/change-tasks'
import { peopleOf, withDatabase } from '../database'
import { newPerson, type OrgFixture, whiteRabbit } from '../fixtures'
import { oktaOf } from '../okta-client'
import { idOf, scimAt, scimGroup } from '../scim-client'
import { type ActionIds, type ActionRow, actionRows, form } from './action-rows'
import { type Argument, actions, builtActions, type Called, call } from './actions'
import { ACTORS, type Actor, type Actors, allActors, roleOf } from './actors'

/**
 * Every server action × everybody, called over HTTP with the id the build gave it. An action is an address of its own:
 * no page stands before it. The actions come from the sources, so that a new one without a row fails.
 */
const db = withDatabase()
const built = builtActions()
let actors: Actors
let theirs: ActionIds
let before: string[]

async function idsOf(org: OrgFixture): Promise<ActionIds> {
  const user = await oktaOf(org).hire(newPerson('Wanted', org))
  const one = async (query: Parameters<typeof db.inOrg>[1]) => {
    const [row] = await db.inOrg(org.slug, query)
    if (!row) throw new Error(`${org.name} has nothing of a kind the actions ask for`)
    return String(row.id)
  }
  idOf(await scimAt(org.scim, org.scimToken)('POST', '/Groups', scimGroup(`Theirs ${user}`)))
  await addTask({ orgId: await db.orgId(org.slug), userId: user, manages: false }, { title: 'Theirs', dueOn: null })
  return {
    user,
    group: await one((tx) => tx`select id from groups limit 1`),
    session: await one((tx) => tx`select id from sessions where ended_at is null limit 1`),
    task: await one((tx) => tx`select id from tasks limit 1`),
    token: await one((tx) => tx`select id from scim_tokens where revoked_at is null limit 1`),
  }
}

const nobody = (): ActionIds => ({ user: newId(), group: newId(), session: newId(), task: newId(), token: 'Nobody12' })

beforeAll(async () => {
  actors = await allActors()
  theirs = await idsOf(whiteRabbit)
  before = await peopleOf(db, 'white-rabbit')
})
afterAll(async () => {
  await Promise.all(Object.values(actors).map((each) => each.dispose()))
  await shutdown()
})

/** A page that carries the action, of the company `slug`. */
function pageOf(name: string, slug: string): string {
  const [page = ''] = built.get(name)?.pages ?? []
  return page.replace('[org]', slug).replace('[id]', newId()).replace('[token]', 'none')
}

const send = (actor: Actor, name: string, row: ActionRow, ids: ActionIds, slug = 'porter', page = slug) =>
  call(actors[actor], pageOf(name, page), built.get(name)?.id ?? '', row.args(slug, ids))

const rowOf = (name: string): ActionRow => {
  const row = actionRows[name]
  if (!row) throw new Error(`No row for ${name}`)
  return row
}

it('every action of the sources is in the build, has a row, and no row is without one', () => {
  expect([...built.keys()].sort()).toEqual([...actions].sort())
  expect(Object.keys(actionRows).sort()).toEqual([...actions].sort())
  expect(actions.length).toBeGreaterThan(30)
})

/** What the door answers: sign in, 403, or on; and who is not stepped up is led to confirm. */
function expectDoor(answer: Called, actor: Actor, { need, stepUp, guest }: ActionRow) {
  const role = roleOf(actor)
  if (need === 'anybody') return expect(answer.status).toBe(200)
  if (actor === 'guest' && guest) {
    expect(answer.text).toContain('in use already: an admin changes it')
    return expect(answer.status).toBe(200)
  }
  if (!role) return expect(answer.leadsTo).toBe('/sign-in/porter')
  if (!hasRole(role, need)) return expect(answer.status).toBe(403)
  if (stepUp) {
    return expect(answer.leadsTo).toMatch(/^\/orgs\/porter\/step-up|^\/api\/orgs\/porter\/step-up/)
  }
  expect([200, 303]).toContain(answer.status)
  return expect(answer.leadsTo ?? '/orgs/porter').toMatch(/^\/orgs\/porter(\/(?!step-up)|\?|$)/)
}

describe.each(ACTORS)('%s', (actor) => {
  it.each(actions)('%s', async (name) => {
    const row = rowOf(name)
    const answer = await send(actor, name, row, nobody())
    expectDoor(answer, actor, row)
    if (row.changes && answer.status === 200) await resume()
  })
})

/** What `stopAction` did. */
async function resume() {
  const name = 'orgs/[org]/admin/settings/provisioning/actions stateAction'
  const { id = '' } = built.get(name) ?? {}
  const args = ['porter', null, { form: { state: 'active' } }]
  const back = await call(actors.admin, pageOf(name, 'porter'), id, args)
  expect(back.text).toContain('Provisioning is active.')
}

it.each(actions.filter((name) => rowOf(name).need !== 'anybody'))(
  '%s: from one’s own page with the other company’s name the door is that of a company that does not exist',
  async (name) => {
    const row = rowOf(name)
    const told = async (slug: string) => {
      const { status, leadsTo } = await send('admin', name, row, theirs, slug, 'porter')
      return { status, leadsTo: leadsTo?.replaceAll(slug, 'ORG') }
    }
    const foreign = await told('white-rabbit')
    expect(foreign.leadsTo).toBe('/sign-in/ORG')
    expect(foreign).toEqual(await told('no-such-company'))
  },
)

/** One argument after the other as another kind of thing; what no action reads (`useActionState`'s state) may be anything. */
const misshapen = (args: Argument[]) =>
  args.flatMap((each, i) => {
    if (each === null) return []
    const kind = typeof each === 'string' ? form({}) : 'text'
    return [kind, 7, null].map((wrong) => args.with(i, wrong))
  })

it.each(actions)('%s: an argument of another kind is the sender’s fault and changes nothing', async (name) => {
  const { id = '' } = built.get(name) ?? {}
  for (const args of misshapen(rowOf(name).args('porter', nobody()))) {
    const answer = await call(actors.owner, pageOf(name, 'porter'), id, args)
    expect([args, answer.status]).toEqual([args, 400])
  }
})

const asking = actions.filter((name) => rowOf(name).ids)

it.each(asking)('%s: the other company’s ids are answered as ids of nobody', async (name) => {
  const row = rowOf(name)
  const told = async (ids: ActionIds) => {
    const { status, leadsTo, text } = await send('owner', name, row, ids)
    return { status, leadsTo, result: plain(resultIn(text), ids) }
  }
  expect(await told(theirs)).toEqual(await told(nobody()))
})

/** What the action returned, of an answer that may hold its page drawn anew as well. */
function resultIn(text: string): string {
  const [, row = ''] = /^0:\{"a":"\$@(\w+)"/m.exec(text) ?? []
  return row === '' ? '' : (new RegExp(`^${row}:(.*)$`, 'm').exec(text)?.[1] ?? '')
}

/** An answer without what differs between any two calls: ids that were sent, references, times. */
const plain = (text: string, ids: ActionIds) =>
  Object.values(ids).reduce((all, id) => all.replaceAll(id, 'ASKED'), text)

const forGuests = actions.filter((name) => rowOf(name).guest)

it('a guest whose setup link has ended is nobody', async () => {
  expect(forGuests).toHaveLength(3)
  const org = await getOrgBySlug('porter')
  if (!org) throw new Error('Porter is not there')
  await endSetupLink({ org, actor: { kind: 'system' } })
  for (const name of forGuests) {
    const answer = await send('guest', name, rowOf(name), nobody())
    expect(answer.leadsTo).toBe('/sign-in/porter')
  }
  const page = await actors.guest.get('/orgs/porter/admin/setup')
  expect([page.status(), page.headers().location]).toEqual([307, expect.stringMatching(/^\/sign-in\/porter/)])
})

it('and after all of it not a byte of the other company has changed', async () => {
  expect(await peopleOf(db, 'white-rabbit')).toEqual(before)
})
