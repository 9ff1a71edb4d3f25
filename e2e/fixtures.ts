import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const address = z.url()
const orgSchema = z.object({
  slug: z.string(),
  name: z.string(),
  domain: z.string(),
  issuer: address,
  scim: address,
  scimToken: z.string(),
  people: z.object({ owner: z.string(), admin: z.string(), manager: z.string(), member: z.string() }),
})
const demoSchema = z.object({ app: address, okta: address, databaseUrl: z.string(), orgs: z.array(orgSchema) })

export type OrgFixture = z.infer<typeof orgSchema>

/** A variable the test command sets; tests of this folder need the running stack it describes. */
export function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run these tests with npm test -- --only e2e`)
  return value
}

const demo = demoSchema.parse(JSON.parse(readFileSync(setting('E2E_DEMO_JSON'), 'utf8')))

const orgOf = (slug: string): OrgFixture => {
  const found = demo.orgs.find((org) => org.slug === slug)
  if (!found) throw new Error(`demo.json has no org ${slug}`)
  return found
}

export const appUrl = demo.app
export const oktaUrl = demo.okta
export const porter = orgOf('porter')
export const whiteRabbit = orgOf('white-rabbit')

/** A new folder of this run for a stack of a test's own; its database's user can enter it. */
export function newFolder(prefix: string): string {
  const folder = mkdtempSync(join(dirname(setting('E2E_DEMO_JSON')), prefix))
  chmodSync(folder, 0o755)
  return folder
}

let made = 0

/** A person nobody else in this run has: files and tests share one database. */
export function newPerson(firstName: string, org: OrgFixture = porter) {
  const lastName = `Test${process.pid}x${++made}`
  return { firstName, lastName, login: `${firstName}.${lastName}@${org.domain}`.toLowerCase() }
}

/** Asks again until the answer is neither null, undefined nor false. The message names what never came. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  ms = 20_000,
): Promise<T> {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 40))) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for: ${what}`)
  }
}
