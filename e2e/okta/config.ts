import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { loginSchema, roleSchema } from './model'

const slugSchema = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')

const personConfigSchema = z.object({
  login: loginSchema,
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  title: z.string().default(''),
  department: z.string().default(''),
  roles: z.array(roleSchema).default([]),
  assigned: z.boolean().default(false),
  externalId: z.string().min(1).optional(),
  appUserId: z.string().min(1).optional(),
})

/** A group the company has; pushed already when the app's id for it is known. */
const groupConfigSchema = z.object({
  name: z.string().min(1),
  members: z.array(loginSchema).default([]),
  appGroupId: z.string().min(1).optional(),
})

const orgConfigSchema = z.object({
  slug: slugSchema,
  name: z.string().min(1),
  domain: z.string().min(1),
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUris: z.array(z.url()).min(1),
  postLogoutRedirectUris: z.array(z.url()).default([]),
  scim: z.url(),
  scimToken: z.string().min(1),
  people: z.array(personConfigSchema).default([]),
  groups: z.array(groupConfigSchema).default([]),
})

export const configSchema = z.object({ app: z.url(), orgs: z.array(orgConfigSchema).min(1) })

export type PersonConfig = z.infer<typeof personConfigSchema>
export type OrgConfig = z.infer<typeof orgConfigSchema>
export type Config = z.infer<typeof configSchema>

/** Where an org's issuer lives: its port, the path before everything, and the path before `/v1/…`. */
type IssuerShape = { port: number; prefix: string; endpoints: string }

/** Reads and checks the config file; throws an Error that names the file and the field. */
export function readConfig(file: string): Config {
  const parsed = configSchema.safeParse(parseJsonFile(file))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`${file} is not a stand-in config. ${problems.join('; ')}`)
}

/** `…/oauth2/<name>` is a custom authorization server, no path is the org server with endpoints under `/oauth2/v1`. */
export function issuerShape(issuer: string): IssuerShape {
  const url = new URL(issuer)
  const port = Number(url.port)
  if (/^\/oauth2\/[\w-]+$/.test(url.pathname)) return { port, prefix: url.pathname, endpoints: '' }
  if (url.pathname === '/' && !issuer.endsWith('/')) return { port, prefix: '', endpoints: '/oauth2' }
  throw new Error(`Issuer ${issuer} has neither the shape …/oauth2/<name> nor that of an org server without a path.`)
}

function parseJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`Cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
