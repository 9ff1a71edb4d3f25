import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { signedIn, withBrowser } from './browser'
import { withDatabase } from './database'
import { newPerson, type OrgFixture, porter, setting, whiteRabbit } from './fixtures'
import { oktaOf } from './okta-client'
import { idOf, PATCH_SCHEMA, scimAt, scimUser } from './scim-client'

const newContext = withBrowser()
const db = withDatabase()
const owner = postgres(setting('DATABASE_OWNER_URL'), { max: 1, onnotice: () => undefined })
afterAll(() => owner.end({ timeout: 2 }))

const typed = 'Typed-1n-by-hand!'
const secrets = new Map<string, string>()
const keep = (name: string, value: string | undefined) => {
  if (!value || value.length < 8) throw new Error(`No ${name} to look for`)
  secrets.set(value, name)
}

const clientsSchema = z.object({ orgs: z.array(z.object({ slug: z.string(), clientSecret: z.string() })) })
const passwordSchema = z.object({ password: z.string() })

/** A short story with every secret in it: sign-ins, hires with a password, passwords in odd places, wrong tokens. */
beforeAll(async () => {
  for (const org of [porter, whiteRabbit]) {
    keep(`SCIM token of ${org.name}`, org.scimToken)
    keep(`secret part of the SCIM token of ${org.name}`, org.scimToken.slice(-38, -6))
    const context = await newContext()
    await signedIn(context, org, org.people.manager)
    for (const { name, value } of await context.cookies()) if (name.endsWith('.session')) keep(`cookie ${name}`, value)
    await oktaOf(org).hire(newPerson('Pat', org))
  }
  await passwordsInOddPlaces()
  await scimAt(porter.scim, `${whiteRabbit.scimToken}`)('GET', '/Users')
  const config = join(setting('E2E_DEMO_JSON'), '..', 'okta-config.json')
  for (const { slug, clientSecret } of clientsSchema.parse(JSON.parse(readFileSync(config, 'utf8'))).orgs)
    keep(`client secret of ${slug}`, clientSecret)
  for (const org of [porter, whiteRabbit]) await keepSentPasswords(org)
})

async function passwordsInOddPlaces() {
  const scim = scimAt(porter.scim, porter.scimToken)
  keep('password typed into SCIM', typed)
  const { login } = newPerson('Pia')
  const made = await scim('POST', '/Users', scimUser(login, { password: typed }))
  const path = `/Users/${idOf(made)}`
  const patch = (operation: object) => scim('PATCH', path, { schemas: [PATCH_SCHEMA], Operations: [operation] })
  const answers = [
    made,
    await scim('PUT', path, scimUser(login, { Password: typed })),
    await patch({ op: 'replace', path: 'password', value: typed }),
    await patch({ op: 'add', value: { 'urn:ietf:params:scim:schemas:core:2.0:User:password': typed } }),
    await patch({ op: 'nonsense', path: 'password', value: typed }),
    await scim('POST', '/Users', { ...scimUser(''), password: typed }),
    await scim('GET', `/Users?filter=${encodeURIComponent(`password eq "${typed}"`)}`),
    await scim('GET', `/Users?token=${porter.scimToken}`),
  ]
  for (const { text } of answers) expect(text).not.toContain(typed)
}

async function keepSentPasswords(org: OrgFixture) {
  const sent = (await oktaOf(org).log()).flatMap(({ requestBody }) => {
    const parsed = passwordSchema.safeParse(requestBody)
    return parsed.success ? [parsed.data.password] : []
  })
  expect(sent.length).toBeGreaterThan(0)
  for (const [index, password] of sent.entries()) keep(`password ${index} Okta sent to ${org.name}`, password)
}

/** Every row of every table as text; a bytea shows as hex. As the owner: its tables, no exception. */
async function everyRow(): Promise<{ table: string; line: string }[]> {
  const tables = await owner`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'`
  const out: { table: string; line: string }[] = []
  for (const slug of ['porter', 'white-rabbit']) {
    const id = await db.orgId(slug)
    await owner.begin(async (tx) => {
      await tx.unsafe(`set local app.org_id = '${id}'`)
      for (const { name } of tables) {
        const rows = await tx.unsafe(`select t::text as line from ${name} t`)
        out.push(...rows.map((row) => ({ table: String(name), line: String(row.line) })))
      }
    })
  }
  return out
}

const shapesOf = (secret: string) => [
  secret,
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]

it('the database holds no password, SCIM token, client secret, session cookie or ID token in clear', async () => {
  const rows = await everyRow()
  const tables = new Set(rows.map(({ table }) => table))
  for (const table of ['users', 'events', 'event_payloads', 'sessions', 'scim_tokens', 'connections', 'user_history'])
    expect([...tables]).toContain(table)
  const found = rows.flatMap(({ table, line }) => [
    ...[...secrets]
      .filter(([secret]) => shapesOf(secret).some((shape) => line.includes(shape)))
      .map(([, name]) => `${table}: ${name}`),
    ...(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./.test(line) ? [`${table}: a JWT`] : []),
  ])
  expect(found).toEqual([])
})

it('the logs of the app hold none of them either', () => {
  const folder = setting('E2E_LOGS')
  const text = readdirSync(folder)
    .filter((name) => name.startsWith('app'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  expect([...secrets].filter(([secret]) => text.includes(secret)).map(([, name]) => name)).toEqual([])
})
