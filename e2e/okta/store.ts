import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import type { Config, OrgConfig, PersonConfig } from './config'
import { OktaError } from './errors'
import { newGroupId, newRequestId, newSecret, newUserId } from './ids'
import {
  type Exchange,
  fullName,
  type Group,
  type OrgState,
  type Person,
  type SettingsPatch,
  type State,
  stateSchema,
} from './model'

const LOG_LIMIT = 500
const WRITE_DELAY_MS = 100

/** A company; `live` is what ends with the process: jobs under way, and those that wait, by person or group. */
export type Org = { config: OrgConfig; state: OrgState; live: Live }
type Live = { stop: AbortController; sleepers: Map<string, (how: 'now' | 'superseded') => void> }

export type Store = {
  app: string
  orgs: Org[]
  cookieKeys: string[]
  /** Remembers to write the file soon; several changes in a row are one write. */
  save: () => void
  /** Writes now, for the moment before the process ends. */
  flush: () => void
  /** Writes, ends what is under way, and never writes again. */
  close: () => void
  /** Companies the config names and this store does not know yet; returns those that came. */
  add: (config: Config) => Promise<Org[]>
}

/** Opens the state file, merges in people the config names and the file does not know, and makes missing keys. */
export async function openStore(file: string, config: Config): Promise<Store> {
  const state = readState(file) ?? { version: 1, cookieKeys: [newSecret()], orgs: {} }
  const orgs: Org[] = []
  const add = async (next: Config) => {
    const known = new Set(orgs.map(({ config: { slug } }) => slug))
    const fresh = next.orgs.filter(({ slug }) => !known.has(slug))
    const added = await Promise.all(fresh.map((each) => openOrg(state, each)))
    orgs.push(...added)
    return added
  }
  await add(config)
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (!closed) writeState(file, state)
  }
  const save = () => {
    timer ??= setTimeout(flush, WRITE_DELAY_MS)
  }
  const close = () => {
    flush()
    closed = true
    for (const { live } of orgs) live.stop.abort()
  }
  flush()
  return { app: config.app, orgs, cookieKeys: state.cookieKeys, save, flush, close, add }
}

async function openOrg(state: State, config: OrgConfig): Promise<Org> {
  const known = state.orgs[config.slug] ?? (await newOrgState())
  known.people.push(...missingPeople(config, known.people))
  known.groups.push(...missingGroups(config, known))
  dropOutdatedOverrides(config, known)
  state.orgs[config.slug] = known
  return { config, state: known, live: newLive() }
}

const newLive = (): Live => ({ stop: new AbortController(), sleepers: new Map() })

/** The company with this slug; 404 when there is none. */
export function getOrg(store: Store, slug: string): Org {
  const org = store.orgs.find((candidate) => candidate.config.slug === slug)
  if (!org) throw new OktaError(404, `There is no company "${slug}" in this Okta stand-in.`)
  return org
}

/** A person by Okta id or by login; 404 when there is none. */
export function getPerson(org: Org, idOrLogin: string): Person {
  const person = org.state.people.find(({ id }) => id === idOrLogin) ?? personByLogin(org, idOrLogin)
  if (!person) throw new OktaError(404, `There is no person "${idOrLogin}" at ${org.config.name}.`)
  return person
}

/** A group by Okta id or by name; 404 when there is none. */
export function getGroup(org: Org, idOrName: string): Group {
  const { groups } = org.state
  const group = groups.find(({ id }) => id === idOrName) ?? groups.find(({ name }) => name === idOrName)
  if (!group) throw new OktaError(404, `There is no group "${idOrName}" at ${org.config.name}.`)
  return group
}

export const personByLogin = (org: Org, login: string): Person | undefined =>
  org.state.people.find((person) => person.login === login.trim().toLowerCase())

/** Throws 409 when somebody else at this company has the login. */
export function requireFreeLogin(org: Org, login: string, exceptId?: string): void {
  const holder = personByLogin(org, login)
  if (holder && holder.id !== exceptId) {
    throw new OktaError(409, `${fullName(holder)} already has the login ${login} at ${org.config.name}.`)
  }
}

/** Where SCIM goes and with which token: the config's, unless this company's settings say otherwise. */
export const scimTarget = ({ config, state }: Org): { url: string; token: string } => ({
  url: (state.overrides.scim?.value ?? config.scim).replace(/\/+$/, ''),
  token: state.overrides.scimToken?.value ?? config.scimToken,
})

/** Changes the company's switches; a SCIM address or token typed here replaces the configured one. */
export function updateSettings({ config, state }: Org, patch: SettingsPatch): void {
  const { mode, sender, enforceAssignment, timeScale } = patch
  const given = Object.entries({ mode, sender, enforceAssignment, timeScale }).filter(
    ([, value]) => value !== undefined,
  )
  Object.assign(state.settings, Object.fromEntries(given))
  for (const key of ['scim', 'scimToken'] as const) {
    const value = patch[key]
    if (value !== undefined) {
      state.overrides[key] = value === config[key] ? undefined : { configured: config[key], value }
    }
  }
}

/** People, switches, faults and log back to the config, jobs ended; a person the config names keeps the Okta id. */
export function resetOrg(org: Org): void {
  const { config, state } = org
  org.live.stop.abort()
  org.live = newLive()
  const ids = new Map(state.people.map(({ login, id }) => [login, id]))
  state.people = config.people.map((person) => newConfigPerson({ externalId: ids.get(person.login), ...person }))
  state.groups = []
  state.groups = missingGroups(config, state)
  state.settings = defaultSettings()
  state.overrides = {}
  state.log = []
  state.events = []
  state.faults = []
  state.import = undefined
  state.sessions = {}
}

/** Newest first, at most 500 a company. */
export function appendExchange({ state }: Org, exchange: Exchange): void {
  state.log.unshift(exchange)
  state.log.length = Math.min(state.log.length, LOG_LIMIT)
}

/** Notes what an admin did, under the name Okta's System Log has for it. */
export function logEvent(
  { state }: Org,
  name: string,
  text: string,
  about: { personId?: string; groupId?: string },
): void {
  state.events.unshift({ id: newRequestId(), at: new Date().toISOString(), name, text, ...about })
  state.events.length = Math.min(state.events.length, LOG_LIMIT)
}

/** Ends a person's Okta sessions, as Okta does on deactivation and suspension. */
export function endOktaSessions({ state }: Org, personId: string): void {
  for (const [id, session] of Object.entries(state.sessions)) {
    if (session.payload.accountId === personId) delete state.sessions[id]
  }
}

const defaultSettings = (): OrgState['settings'] => ({
  mode: 'oin',
  enforceAssignment: true,
  sender: 'okta',
  timeScale: 60,
})

async function newOrgState(): Promise<OrgState> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: newSecret(), use: 'sig', alg: 'RS256' }
  const empty = { people: [], groups: [], overrides: {}, log: [], events: [], faults: [], sessions: {} }
  return { ...empty, settings: defaultSettings(), jwk }
}

function missingPeople(config: OrgConfig, known: Person[]): Person[] {
  const logins = new Set(known.map(({ login }) => login))
  const ids = new Set(known.map(({ id }) => id))
  const missing = config.people.filter(({ login, externalId }) => !logins.has(login) && !ids.has(externalId ?? ''))
  return missing.map(newConfigPerson)
}

function missingGroups(config: OrgConfig, { groups, people }: OrgState): Group[] {
  const names = new Set(groups.map(({ name }) => name))
  const byLogin = new Map(people.map((person) => [person.login, person]))
  const missing = config.groups.filter(({ name }) => !names.has(name))
  return missing.map(({ name, members, appGroupId }) => {
    const found = members.flatMap((login) => byLogin.get(login) ?? [])
    // A group the app was given with its people: what it holds of them is what Okta would have sent.
    const sent = appGroupId ? found.flatMap(({ id, appUserId }) => (appUserId ? [[id, appUserId]] : [])) : []
    return newGroup(name, { members: found.map(({ id }) => id), sent: Object.fromEntries(sent), appGroupId })
  })
}

type GroupStart = { members?: string[]; sent?: Record<string, string>; appGroupId?: string | undefined }

/** A group as it begins: not pushed, unless the app's id for it is known. */
export function newGroup(name: string, { members = [], sent = {}, appGroupId }: GroupStart = {}): Group {
  const now = new Date().toISOString()
  const push = appGroupId ? 'on' : 'off'
  return { id: newGroupId(), name, members, assigned: false, push, appGroupId, sent, createdAt: now, updatedAt: now }
}

function newConfigPerson({ externalId, ...person }: PersonConfig): Person {
  const now = new Date().toISOString()
  return { ...person, id: externalId ?? newUserId(), status: 'active', createdAt: now, updatedAt: now }
}

function dropOutdatedOverrides(config: OrgConfig, { overrides }: OrgState): void {
  if (overrides.scim?.configured !== config.scim) overrides.scim = undefined
  if (overrides.scimToken?.configured !== config.scimToken) overrides.scimToken = undefined
}

function readState(file: string): State | null {
  if (!existsSync(file)) return null
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Error(`${file} is damaged or of another version. Delete it to begin again from the seed.`, { cause })
  }
}

function writeState(file: string, state: State): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.tmp`
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 })
  // A draft left by a killed run keeps the mode it had.
  chmodSync(draft, 0o600)
  renameSync(draft, file)
}
