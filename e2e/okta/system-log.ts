import { type Exchange, fullName } from './model'
import { asObject } from './scim-user'
import type { Org } from './store'

/** One line of the System Log: something an admin did, or a request that was sent. */
export type LogLine = {
  id: string
  at: string
  name: string
  outcome: 'SUCCESS' | 'FAILURE'
  about: string
  text: string
  exchange?: Exchange
}

export type LogFilter = { event?: string | undefined; outcome?: string | undefined; q?: string | undefined }

/** The company's System Log, newest first; `event` is a name or the beginning of one. */
export function systemLog({ state }: Org, { event, outcome, q }: LogFilter = {}): LogLine[] {
  const names = new Map([
    ...state.people.map((person) => [person.id, fullName(person)] as const),
    ...state.groups.map(({ id, name }) => [id, name] as const),
  ])
  const about = (id: string | undefined) => (id ? (names.get(id) ?? id) : '')
  const events = state.events.map(
    ({ id, at, name, text, personId, groupId }): LogLine => ({
      ...{ id, at, name, text, outcome: 'SUCCESS' },
      about: about(personId ?? groupId),
    }),
  )
  const requests = state.log.map(
    (exchange): LogLine => ({
      ...{ id: exchange.id, at: exchange.at, name: systemLogName(exchange), exchange },
      outcome: exchange.status >= 200 && exchange.status < 300 ? 'SUCCESS' : 'FAILURE',
      about: about(exchange.personId ?? exchange.groupId),
      text: `${exchange.method} ${exchange.status || 'no answer'}`,
    }),
  )
  const wanted = q?.trim().toLowerCase()
  const fits = (line: LogLine) =>
    (!event || line.name.startsWith(event)) &&
    (!outcome || line.outcome === outcome) &&
    (!wanted || `${line.name} ${line.about} ${line.text} ${line.exchange?.url ?? ''}`.toLowerCase().includes(wanted))
  return [...requests, ...events].filter(fits).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

const USER = 'application.provision.user'
const GROUP = 'application.provision.group'

/** The name Okta's System Log has for what a request does; the ones Rollcall shows beside its own events among them. */
export function systemLogName({ action, method, url, requestBody }: Exchange): string {
  if (action === 'clear-sessions') return 'user.authentication.universal_logout'
  if (action === 'test-credentials') return 'application.provision.integration.call_api'
  if (action === 'import') return `${USER}.import`
  const isGroup = /\/Groups(?=[/?]|$)/.test(url)
  if (method === 'GET') return isGroup ? `${GROUP}.verify_exists` : `${USER}.verify_exists`
  if (method === 'POST') return isGroup ? `${GROUP}.add` : `${USER}.push`
  if (method === 'DELETE') return isGroup ? `${GROUP}.remove` : `${USER}.deactivate`
  if (isGroup) return changesMembers(requestBody) ? `${GROUP}_push.push_memberships` : `${GROUP}.update`
  const active = activeIn(requestBody)
  if (active === false) return `${USER}.deactivate`
  return active === true && method === 'PATCH' ? `${USER}.reactivate` : `${USER}.push_profile`
}

function changesMembers(body: unknown): boolean {
  const operations = asObject(body)?.Operations
  if (!Array.isArray(operations)) return true
  return operations.some((each) => String(asObject(each)?.path ?? '').startsWith('members'))
}

/** What a PUT, Okta's PATCH without a path or Entra's with one says about `active`; undefined when nothing. */
function activeIn(body: unknown): boolean | undefined {
  const whole = asObject(body)
  if (typeof whole?.active === 'boolean') return whole.active
  const operations = Array.isArray(whole?.Operations) ? whole.Operations.map(asObject) : []
  for (const operation of operations) {
    const value = operation?.path === 'active' ? operation.value : asObject(operation?.value)?.active
    if (value !== undefined) return String(value).toLowerCase() === 'true'
  }
  return undefined
}
