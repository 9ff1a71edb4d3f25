import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { randomBase62 } from '@/lib/crypto'
import { saveMapping } from '@/lib/directory/role-mappings'
import { createGroup } from '@/lib/directory/scim-groups'
import { attributesOf } from '@/lib/directory/user-state'
import { writeUser } from '@/lib/directory/write-user'
import type { Actor } from '@/lib/events/event'
import { newId } from '@/lib/ids'
import { checkToken } from '@/lib/orgs/check-token'
import { getConnection, putConnection } from '@/lib/orgs/connections'
import { getOrgBySlug, type Org } from '@/lib/orgs/orgs'
import { mintToken } from '@/lib/orgs/tokens'
import { ENTERPRISE_SCHEMA } from '@/lib/scim/schemas/enterprise-user'
import type { UserAttributes } from '@/lib/scim/user'
import { groups, idpLinks, orgs, users } from './schema'
import { orgSlugs } from './schema-global'
import { tasks } from './schema-tasks'
import { companyNo } from './seed-companies'
import { loginOf, membersOf, SEED, type SeedOrg, type SeedPerson } from './seed-people'
import { withOrg } from './tenant'
import { claimVerified } from './verified-domain'

const DAY = 24 * 60 * 60 * 1000

export type SeedOptions = {
  appUrl: string
  oktaUrl: string
  okta2Url: string
  dataDir: string
  /** How many further companies there are to be in the end; those of earlier runs stay. */
  more?: number
}

/** Porter's issuer has the shape of a custom authorization server, White Rabbit's that of the org server (DESIGN §2). */
const issuerOf = (org: SeedOrg, o: SeedOptions) =>
  org.slug === 'white-rabbit' ? o.okta2Url : `${o.oktaUrl}/oauth2/${org.slug}`

/**
 * Makes Porter and White Rabbit where they are missing, and brings issuers and links to the given addresses. Returns
 * what `.data/demo.json` and the stand-in's config hold; secrets are in it, so both belong in private files.
 */
export async function seed(o: SeedOptions) {
  const kept = await keptTokens(o.dataDir)
  const made = []
  const more = await moreCompanies(o.more ?? 0)
  for (const each of [...SEED, ...more]) {
    const org = (await getOrgBySlug(each.slug)) ?? (await makeOrg(each))
    if (await makePeople(org, each)) await makeGroups(org, each)
    await connect(org.orgId, issuerOf(each, o))
    made.push(await describe(org, each, o, await tokenOf(org, kept.get(each.slug))))
  }
  const databaseUrl = process.env.DATABASE_URL
  const demo = { app: o.appUrl, okta: o.oktaUrl, databaseUrl, orgs: made.slice(0, SEED.length).map((m) => m.demo) }
  return { demo, okta: { app: o.appUrl, orgs: made.map((m) => m.okta) } }
}

/** The first so many further companies, and those after them that an earlier run made. */
async function moreCompanies(count: number): Promise<SeedOrg[]> {
  const found: SeedOrg[] = []
  for (let at = 0; at < count || (await getOrgBySlug(companyNo(at).slug)); at += 1) found.push(companyNo(at))
  return found
}

async function makeOrg(each: SeedOrg): Promise<Org> {
  const orgId = newId()
  return withOrg(orgId, async (tx) => {
    const values = { orgId, slug: each.slug, name: each.name, scimRoles: ['manager'] }
    const [org] = await tx.insert(orgs).values(values).returning()
    if (!org) throw new Error(`${each.name} was not made`)
    await tx.insert(orgSlugs).values({ slug: each.slug, orgId })
    await claimVerified(tx, orgId, each.domain)
    return org
  })
}

/** False: people were there already. */
async function makePeople(org: Org, each: SeedOrg): Promise<boolean> {
  const { orgId } = org
  const there = await withOrg(orgId, (tx) =>
    tx.select({ id: users.id }).from(users).where(eq(users.orgId, orgId)).limit(1),
  )
  if (there.length > 0) return false
  for (const p of each.people) {
    const attributes = attributesFor(each, p)
    const state = { attributes, source: 'okta' as const, manualRole: p.manualRole ?? null, deleted: false, held: false }
    const { row } = await writeUser({ org, actor: { kind: 'system' } }, async () => ({
      found: null,
      id: newId(),
      state,
      trace: [],
    }))
    await withOrg(orgId, (tx) =>
      tx
        .insert(tasks)
        .values(p.tasks.map((title) => ({ orgId, id: newId(), title, assigneeId: row.id, createdBy: row.id }))),
    )
  }
  return true
}

/** Groups as Okta pushes them, and the roles the company's admin gave to some. */
async function makeGroups(org: Org, each: SeedOrg): Promise<void> {
  const people = await peopleOf(org.orgId)
  const rowOf = (p: SeedPerson | undefined) => people.find((row) => p && row.userName === loginOf(each, p))
  const admin = rowOf(each.people.find((p) => p.manualRole === 'admin'))
  const actor: Actor = admin ? { kind: 'user', id: admin.id, name: admin.displayName } : { kind: 'system' }
  for (const group of each.groups) {
    const members = membersOf(each, group).flatMap((p) => rowOf(p) ?? [])
    const write = { org, actor: { kind: 'system' }, options: { mode: 'okta' } } as const
    const body = { displayName: group.name, members: members.map(({ id }) => ({ value: id })) }
    const { row } = await createGroup(write, body)
    if (group.role) await saveMapping({ org, actor }, row.id, group.role)
  }
}

const peopleOf = (orgId: string) =>
  withOrg(orgId, (tx) =>
    tx
      .select()
      .from(users)
      .where(and(eq(users.orgId, orgId), isNull(users.deletedAt)))
      .orderBy(asc(users.createdAt)),
  )

function attributesFor(org: SeedOrg, p: SeedPerson): UserAttributes {
  const login = loginOf(org, p)
  return {
    userName: login,
    externalId: `00u${randomBase62(17)}`,
    active: true,
    name: { givenName: p.firstName, familyName: p.lastName },
    displayName: `${p.firstName} ${p.lastName}`,
    title: p.title,
    locale: 'en-US',
    emails: [{ value: login, type: 'work', primary: true }],
    [ENTERPRISE_SCHEMA]: { department: p.department },
    ...(p.scimRole ? { roles: [{ value: p.scimRole, display: 'Manager', type: 'rollcall', primary: true }] } : {}),
  }
}

/** The OIDC client, made once; a moved issuer takes the sign-in links of its people along. */
async function connect(orgId: string, issuer: string): Promise<void> {
  const now = await getConnection(orgId)
  if (now?.issuer === issuer) return
  const client = now ?? { clientId: `0oa${randomBase62(17)}`, clientSecret: randomBytes(32).toString('base64url') }
  await putConnection(orgId, { issuer, clientId: client.clientId, clientSecret: client.clientSecret })
  await withOrg(orgId, (tx) => tx.update(idpLinks).set({ issuer }).where(eq(idpLinks.orgId, orgId)))
}

async function keptTokens(dataDir: string): Promise<Map<string, string>> {
  try {
    const config: { orgs: { slug: string; scimToken: string }[] } = JSON.parse(
      await readFile(join(dataDir, 'okta-config.json'), 'utf8'),
    )
    return new Map(config.orgs.map((org) => [org.slug, org.scimToken]))
  } catch {
    return new Map()
  }
}

/** The token of the last start if it still works, else a new one: only its HMAC is in the database. */
async function tokenOf(org: Org, kept: string | undefined): Promise<string> {
  if (kept) {
    const checked = await checkToken(kept, null)
    if (!('refused' in checked) && checked.org.orgId === org.orgId) return kept
  }
  const made = await mintToken(org.orgId, { createdBy: 'Seed', expiresAt: new Date(Date.now() + 365 * DAY) })
  return made.token
}

async function describe(org: Org, each: SeedOrg, o: SeedOptions, scimToken: string) {
  const connection = await getConnection(org.orgId)
  if (!connection) throw new Error(`${org.slug} has no connection after seeding`)
  const { issuer, clientId, clientSecret } = connection
  const rows = await peopleOf(org.orgId)
  const known = await withOrg(org.orgId, (tx) => tx.select().from(groups).where(eq(groups.orgId, org.orgId)))
  const scim = `${o.appUrl}/scim/v2/${org.slug}`
  const seeded = each.people.map((p) => ({ p, row: rows.find((r) => r.userName === loginOf(each, p)) }))
  const login = (role: string) => {
    const found = each.people.find((p) => (p.manualRole ?? p.scimRole ?? 'member') === role)
    return found ? loginOf(each, found) : ''
  }
  const people = { owner: login('owner'), admin: login('admin'), manager: login('manager'), member: login('member') }
  const { slug, name, domain } = each
  return {
    demo: { slug, name, domain, issuer, scim, scimToken, people },
    okta: {
      slug,
      name,
      domain,
      issuer,
      clientId,
      clientSecret,
      scim,
      scimToken,
      redirectUris: [
        `${o.appUrl}/api/auth/callback/okta-${slug}`,
        `${o.appUrl}/api/orgs/${slug}/step-up/callback`,
        `${o.appUrl}/api/orgs/${slug}/test-connection/callback`,
      ],
      postLogoutRedirectUris: [`${o.appUrl}/sign-in/${slug}`],
      people: seeded.map(({ p, row }) => ({
        login: loginOf(each, p),
        firstName: p.firstName,
        lastName: p.lastName,
        title: p.title,
        department: p.department,
        roles: p.scimRole ? [p.scimRole] : [],
        assigned: row?.active ?? false,
        ...(row ? { appUserId: row.id } : {}),
        ...(row?.externalId
          ? { externalId: attributesOf(row).externalId ?? row.externalId }
          : { externalId: `00u${randomUUID().replaceAll('-', '').slice(0, 17)}` }),
      })),
      groups: each.groups.map((group) => {
        const row = known.find(({ displayName }) => displayName === group.name)
        const members = membersOf(each, group).map((p) => loginOf(each, p))
        return { name: group.name, members, ...(row ? { appGroupId: row.id } : {}) }
      }),
    },
  }
}
