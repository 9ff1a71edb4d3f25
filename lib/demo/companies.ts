import 'server-only'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { env } from '@/lib/env'

const companySchema = z.object({
  slug: z.string(),
  name: z.string(),
  domain: z.string(),
  issuer: z.url(),
  scim: z.url(),
  scimToken: z.string(),
  people: z.object({ owner: z.string(), admin: z.string(), manager: z.string(), member: z.string() }),
})
const demoSchema = z.object({ app: z.url(), okta: z.url(), orgs: z.array(companySchema) })

/** A company of the demo, with the SCIM token its Okta holds: for requests sent from here, never for a page. */
export type DemoCompany = z.infer<typeof companySchema>

/**
 * The demo's companies, from the private file its start wrote for scripts (DESIGN §2): a demo's pages know what a script
 * on this machine knows, and nothing of it is in a build. Throws when this process was not started by a demo.
 */
export async function demoCompanies(): Promise<DemoCompany[]> {
  const file = env().ROLLCALL_DEMO_JSON
  if (!env().ROLLCALL_DEMO || !file) throw new Error('This process was not started by npm run demo')
  return demoSchema.parse(JSON.parse(await readFile(file, 'utf8'))).orgs
}

/** One of them. Throws for another slug. */
export async function demoCompany(slug: string): Promise<DemoCompany> {
  const found = (await demoCompanies()).find((company) => company.slug === slug)
  if (!found) throw new Error(`The demo has no company ${slug}`)
  return found
}
