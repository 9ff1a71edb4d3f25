import { join } from 'node:path'
import type postgres from 'postgres'
import { cookieName } from '@/lib/auth/cookies'
import { createSession, newSessionToken } from '@/lib/auth/create-session'
import { putConnection } from '@/lib/orgs/connections'
import { createOrg } from '@/lib/orgs/create'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { mintToken } from '@/lib/orgs/tokens'
import {
  batchesOf,
  inBulk,
  largeSizes,
  loadEvents,
  loadGroup,
  loadUsers,
  makeMonths,
  type Size,
  share,
  superuser,
  USUAL,
} from './data'
import { KEPT, keep, type Stack } from './stack'

const DAY = 86_400_000
const GROUPS = [0, 10_000, 50_000]

/** A company the bench writes to: its credential, and some of its people. */
export type Company = Size & {
  orgId: string
  token: string
  base: string
  ids: string[]
  userNames: string[]
  /** The groups of 0, 10,000 and 50,000 people, where there are that many. */
  groups: Record<number, string>
}

/** Makes and fills the companies of the bench, once for a data folder. */
export async function openCompanies(stack: Stack, large: boolean, say: (text: string) => void): Promise<Company[]> {
  const sql = superuser(stack.postgres.superUrl)
  try {
    const sizes = [...USUAL, ...(large ? largeSizes() : [])]
    await keep(join(stack.folder, KEPT[0]), async () => {
      say(`Loading ${large ? '1,000,000 people and 11,000,000 events, this takes about ten minutes' : 'the data'} …`)
      const second = superuser(stack.postgres.superUrl)
      await load(large ? [sql, second] : [sql], sizes, large).finally(() => second.end())
      return { at: new Date().toISOString() }
    })
    const used = sizes.filter(({ users }) => users >= 1_000).slice(0, 8)
    await forgetMade(sql, used)
    const opened: Company[] = []
    for (const size of used) opened.push(await open(sql, size))
    return opened
  } finally {
    await sql.end()
  }
}

async function load(lanes: postgres.Sql[], sizes: Size[], large: boolean): Promise<void> {
  const [sql] = lanes
  if (!sql) return
  await makeMonths(sql)
  const orgs = new Map<string, string>()
  for (const { slug } of sizes) orgs.set(slug, await company(slug))
  const idOf = ({ slug }: Size) => orgs.get(slug) ?? ''
  const users = () => share(lanes, sizes, (lane, size) => loadUsers(lane, idOf(size), size))
  const events = () => share(lanes, sizes.flatMap(batchesOf), (lane, part) => loadEvents(lane, idOf(part), part))
  if (large) {
    await inBulk(lanes, ['users'], users)
    await inBulk(lanes, ['events'], events)
  } else {
    await users()
    await events()
  }
  for (const size of sizes.filter(({ users: people }) => people >= 1_000)) {
    for (const members of GROUPS.filter((n) => n < size.users)) {
      await loadGroup(sql, idOf(size), `Group of ${members}`, members)
    }
    await loadGroup(sql, idOf(size), 'Pushed', 0)
  }
  const tables = await sql<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by pg_relation_size(oid) desc`
  await share(lanes, tables, async (lane, { name }) => void (await lane.unsafe(`vacuum (analyze) ${name}`)))
  await sql.unsafe('analyze events')
  await sql.unsafe('checkpoint')
}

/** The company of a slug, made as the app makes one, with a connection that is switched on. */
export async function company(slug: string): Promise<string> {
  const known = await getOrgBySlug(slug)
  if (known) return known.orgId
  const made = await createOrg(slug, slug)
  if (!made) throw new Error(`${slug} could not be made`)
  await putConnection(made.orgId, { issuer: `https://${slug}.okta.com`, clientId: 'bench', clientSecret: 'bench' })
  return made.orgId
}

/** Without the people that earlier runs created: a company has as many as its size says. */
async function forgetMade(sql: postgres.Sql, sizes: Size[]): Promise<void> {
  const { count } = await sql`
    delete from users u using (
      select org_id, min(created_at) + interval '1 day' as loaded from users
      where org_id in (select org_id from org_slugs where slug = any(${sizes.map(({ slug }) => slug)}::text[]))
      group by org_id) f
    where u.org_id = f.org_id and u.created_at > f.loaded`
  if (count > 0) await sql.unsafe('vacuum (analyze) users')
}

async function open(sql: postgres.Sql, size: Size): Promise<Company> {
  const { slug } = size
  const org = await getOrgBySlug(slug)
  if (!org) throw new Error(`${slug} is not in this data folder: start with --fresh`)
  const { orgId } = org
  const people = await sql<{ id: string; user_name: string }[]>`
    select id, user_name from users where org_id = ${orgId} and active and deleted_at is null
    order by created_at, id offset ${Math.floor(size.users / 2)} limit 12000`
  const groups = await sql<{ id: string; display_name: string }[]>`
    select id, display_name from groups where org_id = ${orgId}`
  const byName = new Map(groups.map((group) => [group.display_name, group.id]))
  const token = await tokenOf(orgId)
  return {
    ...size,
    orgId,
    token,
    base: `/scim/v2/${slug}`,
    ids: people.map(({ id }) => id),
    userNames: people.map((each) => each.user_name),
    groups: Object.fromEntries([
      ...GROUPS.flatMap((n) => (byName.has(`Group of ${n}`) ? [[n, byName.get(`Group of ${n}`)]] : [])),
      [-1, byName.get('Pushed')],
    ]),
  }
}

export async function tokenOf(orgId: string): Promise<string> {
  const made = await mintToken(orgId, { createdBy: 'bench', expiresAt: new Date(Date.now() + DAY) })
  return made.token
}

/** Opens sessions of the company's people, made admins; gives their cookies. */
export async function signInMany(stack: Stack, company: Company, n: number, from = 0): Promise<string[]> {
  const sql = superuser(stack.postgres.superUrl)
  try {
    const ids = company.ids.slice(from, from + n)
    const rows = await sql<{ id: string; session_epoch: number }[]>`
      update users set role = 'admin', manual_role = 'admin', active = true where org_id = ${company.orgId}
        and id = any(${ids}) returning id, session_epoch`
    const cookies: string[] = []
    for (const { id, session_epoch: epoch } of rows) {
      const token = newSessionToken(company.orgId)
      const made = await createSession(company.orgId, { token, userId: id, epoch, kind: 'okta' })
      if (!made.ok) throw new Error(`A session was refused: ${made.reason}`)
      cookies.push(`${cookieName(company.slug, 'session')}=${token}`)
    }
    return cookies
  } finally {
    await sql.end()
  }
}
