import { z } from 'zod'

const text = z.string().trim().max(200)
const required = text.min(1, 'must not be empty')
export const loginSchema = text.toLowerCase().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must look like name@company.example')
export const roleSchema = z.enum(['manager', 'admin'])
const modeSchema = z.enum(['oin', 'aiw'])

/** What an Okta admin types about a person. The login is also the e-mail, as in most Okta orgs. */
export const profileSchema = z.object({
  firstName: required,
  lastName: required,
  login: loginSchema,
  title: text.default(''),
  department: text.default(''),
  roles: z.array(roleSchema).max(2).default([]),
})

/** Without the defaults: an absent field of a PATCH stays as it was. */
export const profilePatchSchema = z
  .object({ firstName: required, lastName: required, login: loginSchema, title: text, department: text })
  .extend({ roles: z.array(roleSchema).max(2) })
  .partial()
  .strict()

export const settingsPatchSchema = z
  .object({ mode: modeSchema, enforceAssignment: z.boolean(), scim: z.url(), scimToken: required.max(500) })
  .partial()
  .strict()

const actionSchema = z.enum([
  'test-credentials',
  'assign',
  'unassign',
  'update',
  'deactivate',
  'activate',
  'suspend',
  'unsuspend',
  'clear-sessions',
  'push-group',
  'update-group',
  'unlink-group',
])

/** How Universal Logout names the person: the "Subject format" of the app in Okta. */
export const clearSessionsSchema = z.strictObject({ format: z.enum(['iss_sub', 'email']).default('iss_sub') })

const taskSchema = z.object({ action: actionSchema, message: z.string(), at: z.string() })

const personSchema = profileSchema.extend({
  /** Okta's own id (00u…), which is `sub` in ID tokens and `externalId` over SCIM. */
  id: z.string(),
  status: z.enum(['active', 'deactivated', 'suspended']),
  assigned: z.boolean(),
  /** The id the app gave this person, once Okta has seen it. */
  appUserId: z.string().optional(),
  /** The failed provisioning an Okta admin would find under Tasks. */
  task: taskSchema.optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** What an Okta admin types about a group. */
export const groupSchema = z.strictObject({ name: required })
export const unlinkSchema = z.strictObject({ delete: z.boolean() })

const groupStateSchema = z.object({
  /** Okta's own id (00g…). */
  id: z.string(),
  name: z.string(),
  /** Okta ids of the people in it, assigned to the app or not. */
  members: z.array(z.string()),
  /** Whether Push Groups sends it: never set up, kept in step, or set up and stopped for now. */
  push: z.enum(['off', 'on', 'paused']),
  /** The id the app gave this group, once it was pushed. */
  appGroupId: z.string().optional(),
  /** Who is in it in the app as far as Okta knows: Okta id → app id. */
  sent: z.record(z.string(), z.string()),
  task: taskSchema.optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

const headersSchema = z.record(z.string(), z.string())

const exchangeSchema = z.object({
  id: z.string(),
  at: z.string(),
  action: actionSchema,
  personId: z.string().optional(),
  groupId: z.string().optional(),
  method: z.string(),
  url: z.string(),
  requestHeaders: headersSchema,
  requestBody: z.unknown().optional(),
  /** 0 when no answer came. */
  status: z.number(),
  responseHeaders: headersSchema,
  responseBody: z.unknown().optional(),
  ms: z.number(),
  error: z.string().optional(),
})

/** A value typed here instead of the configured one; dropped once the configured one changes. */
const overrideSchema = z.object({ configured: z.string(), value: z.string() }).optional()

const orgStateSchema = z.object({
  people: z.array(personSchema),
  groups: z.array(groupStateSchema).default([]),
  settings: z.object({ mode: modeSchema, enforceAssignment: z.boolean() }),
  overrides: z.object({ scim: overrideSchema, scimToken: overrideSchema }),
  log: z.array(exchangeSchema),
  jwk: z.record(z.string(), z.unknown()),
  sessions: z.record(z.string(), z.object({ payload: z.record(z.string(), z.unknown()), expiresAt: z.number() })),
})

export const stateSchema = z.object({
  version: z.literal(1),
  cookieKeys: z.array(z.string()).min(1),
  orgs: z.record(z.string(), orgStateSchema),
})

export type Role = z.infer<typeof roleSchema>
export type Profile = z.infer<typeof profileSchema>
export type ProfilePatch = z.infer<typeof profilePatchSchema>
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
export type Action = z.infer<typeof actionSchema>
export type GroupAction = Extract<Action, 'push-group' | 'update-group' | 'unlink-group'>
export type PersonAction = Exclude<Action, 'test-credentials' | 'update' | 'clear-sessions' | GroupAction>
export type Person = z.infer<typeof personSchema>
export type Group = z.infer<typeof groupStateSchema>
export type Exchange = z.infer<typeof exchangeSchema>
export type OrgState = z.infer<typeof orgStateSchema>
export type State = z.infer<typeof stateSchema>

/** "John Doe": how Okta names a person in lists and tasks. */
export const fullName = (person: Pick<Profile, 'firstName' | 'lastName'>): string =>
  `${person.firstName} ${person.lastName}`
