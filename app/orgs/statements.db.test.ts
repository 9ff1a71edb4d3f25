import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeTestOrg } from '@/db/test-orgs'
import { watchDatabase } from '@/db/test-statements'
import { cookieName } from '@/lib/auth/cookies'
import { createSession, newSessionToken } from '@/lib/auth/create-session'
import { saveEntitlement } from '@/lib/directory/entitlement-catalogue'
import { saveMapping } from '@/lib/directory/role-mappings'
import { createGroup, type GroupWrite } from '@/lib/directory/scim-groups'
import { createUser } from '@/lib/directory/scim-users'
import { setRole } from '@/lib/directory/set-role'
import { makeCrowd } from '@/lib/directory/test/crowd'
import { listEvents } from '@/lib/events/query'
import { shutdown } from '@/lib/process'
import { addTask } from '@/lib/tasks/change-tasks'
import { listFiles } from '../../scripts/house/files'
import { at } from '../../scripts/lib/root.mjs'

// No other file of this worker may meet this header.
vi.hoisted(() => void vi.resetModules())
afterAll(() => {
  vi.doUnmock('next/headers')
  vi.resetModules()
})
let cookie = { name: '', value: '' }
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (name === cookie.name ? cookie : undefined),
    has: (name: string) => name === cookie.name,
    getAll: () => [cookie],
  }),
}))

const { statements } = watchDatabase()
type Company = { slug: string; orgId: string; person: string; group: string; event: string; cookie: typeof cookie }
let few: Company
let many: Company

beforeAll(async () => {
  few = await company(2)
  many = await company(11, { people: 1000, groups: 200 })
}, 60_000)
afterAll(shutdown)

/** A company with `n` of everything that a page lists, more of people and groups if said, and its owner signed in. */
async function company(n: number, { people, groups } = { people: 0, groups: n }): Promise<Company> {
  const org = await makeTestOrg('Porter', { domainPolicy: 'off' })
  const { orgId, slug } = org
  const okta: Pick<GroupWrite, 'org' | 'actor' | 'options'> = {
    org,
    actor: { kind: 'okta', tokenId: 't' },
    options: { mode: 'okta' },
  }
  const ctx = { org, actor: { kind: 'system' } } as const
  const ids: string[] = []
  for (let i = 0; i < n; i++) {
    const { row } = await createUser(okta, {
      userName: `p${i}@porter.example`,
      displayName: `Person ${i}`,
      title: 'Clerk',
    })
    ids.push(row.id)
    await addTask({ orgId, userId: row.id, manages: false }, { title: 'Count the pallets', dueOn: null })
  }
  const [person = ''] = ids
  const members = (of: string[]) => of.map((value) => ({ value }))
  // The last has everybody, and each has the owner.
  const everybody = [...ids, ...(await makeCrowd(org, people))]
  let group = ''
  for (let i = 0; i < groups; i++) {
    const displayName = `Group ${i}`
    group = (await createGroup(okta, { displayName, members: members(i < groups - 1 ? ids : everybody) })).row.id
    await saveMapping(ctx, group, 'manager')
  }
  for (let i = 0; i < n; i++) {
    await saveEntitlement(ctx, { value: `v${i}`, displayName: `Value ${i}`, type: null, description: null }, 'add')
  }
  const made = await setRole({ ...ctx, actorRole: 'owner' }, person, 'owner')
  if (!made.ok) throw new Error(made.sentence)
  const sessions: string[] = []
  for (let i = 0; i < n; i++) {
    const token = newSessionToken(orgId)
    const made = await createSession(orgId, { token, userId: person, epoch: 1, kind: 'okta' })
    if (!made.ok) throw new Error(made.reason)
    sessions.push(token)
  }
  const [event] = (await listEvents(orgId, { limit: 1 })).events
  const value = sessions.at(-1) ?? ''
  return { slug, orgId, person, group, event: event?.ref ?? '', cookie: { name: cookieName(slug, 'session'), value } }
}

type Page = (props: { params: Promise<object>; searchParams: Promise<object> }) => Promise<unknown>

/** What a page's own function asks the database; no page of the console has parts that ask for themselves. */
async function asked(file: string, { slug, person, group, event, cookie: theirs }: Company): Promise<string[]> {
  cookie = theirs
  // The module of a page has this shape; Next's own type check holds it.
  const { default: page } = (await import(/* @vite-ignore */ at(file))) as { default: Page }
  const id = file.includes('/groups/') ? group : file.includes('/events/') ? event : person
  const run = () =>
    page({ params: Promise.resolve({ org: slug, id }), searchParams: Promise.resolve({ tab: 'all' }) }).catch(
      (error: unknown) => {
        // A page that only leads on to another.
        if (!(error instanceof Error) || !error.message.startsWith('NEXT_REDIRECT')) throw error
      },
    )
  // The first look may fill the roll-up of hours that are over.
  await run()
  return statements(run)
}

const pages = listFiles().filter((path) => /^app\/orgs\/.*page\.tsx$/.test(path))

test.each(pages)('%s sends no more statements for many of everything than for a few', async (file) => {
  const sent = (await asked(file, few)).length
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThanOrEqual(25)
  expect((await asked(file, many)).length).toBeLessThanOrEqual(sent)
})
