import { z } from 'zod'

const text = z.string().trim().max(200)
const required = text.min(1, 'must not be empty')
export const loginSchema = text.toLowerCase().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must look like name@company.example')
export const roleSchema = z.enum(['manager', 'admin'])
const modeSchema = z.enum(['oin', 'aiw'])
/** Whose requests this company's directory sends. */
const senderSchema = z.enum(['okta', 'entra'])
/** How many times shorter than Okta's the waits are that Okta chooses itself. */
const timeScaleSchema = z.number().min(1).max(100_000)

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
  .object({ mode: modeSchema, sender: senderSchema, enforceAssignment: z.boolean(), timeScale: timeScaleSchema })
  .extend({ scim: z.url(), scimToken: required.max(500) })
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
  'import',
  'delete',
])

/** How Universal Logout names the person: the "Subject format" of the app in Okta. */
/** Whatever endpoint is named: what another company's would make of the token is worth a try. */
export const logoutTokenSchema = z.strictObject({ audience: z.url() })
export const clearSessionsSchema = z.strictObject({ format: z.enum(['iss_sub', 'email']).default('iss_sub') })

const taskSchema = z.object({ action: actionSchema, message: z.string(), at: z.string() })

/** A job that was told to come back later, or that lost its answer, and when it tries again. */
const waitingSchema = z.object({ action: actionSchema, until: z.string(), tries: z.number(), reason: z.string() })

const personSchema = profileSchema.extend({
  /** Okta's own id (00u…), which is `sub` in ID tokens and `externalId` over SCIM. */
  id: z.string(),
  status: z.enum(['active', 'deactivated', 'suspended']),
  assigned: z.boolean(),
  /** Set when the assignment came with a group and leaves with it. */
  assignedBy: z.literal('group').optional(),
  /** The id the app gave this person, once Okta has seen it. */
  appUserId: z.string().optional(),
  /** The failed provisioning an Okta admin would find under Tasks. */
  task: taskSchema.optional(),
  waiting: waitingSchema.optional(),
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
  /** Whether the app is assigned to the group, and so to everybody in it. */
  assigned: z.boolean().default(false),
  /** Whether Push Groups sends it: never set up, kept in step, or set up and stopped for now. */
  push: z.enum(['off', 'on', 'paused']),
  /** The id the app gave this group, once it was pushed. */
  appGroupId: z.string().optional(),
  /** Who is in it in the app as far as Okta knows: Okta id → app id. */
  sent: z.record(z.string(), z.string()),
  task: taskSchema.optional(),
  waiting: waitingSchema.optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

const headersSchema = z.record(z.string(), z.string())

export const faultKindSchema = z.enum([
  'wrong-token',
  'other-company',
  'missing-surname',
  'duplicate-user-name',
  'slow-network',
  'lost-answer',
])
/** What an admin of the stand-in switches on. Not sticky: it goes off with the first request it spoils. */
export const faultSchema = z.strictObject({
  sticky: z.boolean().default(false),
  ms: z.number().int().min(0).max(120_000).default(4000),
})
const faultStateSchema = faultSchema.extend({ kind: faultKindSchema })

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
  /** True when the request may have arrived though no answer did. */
  lost: z.boolean().optional(),
  /** The faults that were switched on for this request. */
  faults: z.array(faultKindSchema).optional(),
})

/** One line of the System Log that is not a request. */
const eventSchema = z.object({
  id: z.string(),
  at: z.string(),
  name: z.string(),
  personId: z.string().optional(),
  groupId: z.string().optional(),
  text: z.string(),
})

const importedSchema = z.object({
  appUserId: z.string(),
  userName: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  /** Known by its id; the same login here; nobody here; inactive, which Okta passes over. */
  match: z.enum(['linked', 'match', 'new', 'inactive']),
  personId: z.string().optional(),
})
/** The last "Import Now": who the app has, and whom Okta thinks it has and it has not. */
const importSchema = z.object({ at: z.string(), users: z.array(importedSchema), missing: z.array(z.string()) })

/** A value typed here instead of the configured one; dropped once the configured one changes. */
const overrideSchema = z.object({ configured: z.string(), value: z.string() }).optional()

const orgStateSchema = z.object({
  people: z.array(personSchema),
  groups: z.array(groupStateSchema).default([]),
  settings: z.object({
    mode: modeSchema,
    enforceAssignment: z.boolean(),
    sender: senderSchema.default('okta'),
    timeScale: timeScaleSchema.default(60),
  }),
  faults: z.array(faultStateSchema).default([]),
  events: z.array(eventSchema).default([]),
  import: importSchema.optional(),
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
export type PersonAction = Exclude<
  Action,
  'test-credentials' | 'update' | 'clear-sessions' | 'import' | 'delete' | GroupAction
>
export type Waiting = z.infer<typeof waitingSchema>
export type FaultKind = z.infer<typeof faultKindSchema>
export type Fault = z.infer<typeof faultStateSchema>
export type Imported = z.infer<typeof importedSchema>
export type Person = z.infer<typeof personSchema>
export type Group = z.infer<typeof groupStateSchema>
export type Exchange = z.infer<typeof exchangeSchema>
export type OrgState = z.infer<typeof orgStateSchema>
export type State = z.infer<typeof stateSchema>

/** "John Doe": how Okta names a person in lists and tasks. */
export const fullName = (person: Pick<Profile, 'firstName' | 'lastName'>): string =>
  `${person.firstName} ${person.lastName}`
