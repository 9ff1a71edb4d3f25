/** @jsxImportSource hono/jsx */
import { FAULTS } from '../faults'
import { type Exchange, fullName } from '../model'
import type { Org, Store } from '../store'
import { type LogFilter, type LogLine, systemLog } from '../system-log'
import { Shell } from './layout'

/** System Log: what admins did and what was sent, newest first, filtered by event, outcome and words. */
export function LogPage({ store, org, filter }: { store: Store; org: Org; filter: LogFilter }) {
  const all = systemLog(org)
  const lines = systemLog(org, filter)
  const names = [...new Set(all.map(({ name }) => name))].sort()
  return (
    <Shell store={store} org={org} tab="log" title="System Log">
      <div class="heading">
        <h2>System Log</h2>
        <span class="quiet">
          {lines.length} of {all.length} events
        </span>
      </div>
      <search>
        <form method="get" class="card filter">
          <label>
            Event
            <select name="event">
              <option value="">All events</option>
              <option value="application.provision" selected={filter.event === 'application.provision'}>
                application.provision.*
              </option>
              {names.map((name) => (
                <option key={name} value={name} selected={name === filter.event}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            Outcome
            <select name="outcome">
              {['', 'SUCCESS', 'FAILURE'].map((value) => (
                <option key={value} value={value} selected={value === (filter.outcome ?? '')}>
                  {value || 'All'}
                </option>
              ))}
            </select>
          </label>
          <label>
            Words
            <input type="search" name="q" value={filter.q ?? ''} placeholder="Person, group, address" />
          </label>
          <button class="button button-plain" type="submit">
            Filter
          </button>
        </form>
      </search>
      {lines.length === 0 ? (
        <p class="card empty">Nothing fits.</p>
      ) : (
        <ol class="card requests">
          {lines.map((line) => (
            <li key={line.id}>
              {line.exchange ? <Request entry={line.exchange} line={line} /> : <Event line={line} />}
            </li>
          ))}
        </ol>
      )}
      <p class="quiet">The last 500 requests and 500 changes are kept.</p>
    </Shell>
  )
}

function Event({ line: { name, about, text, at } }: { line: LogLine }) {
  return (
    <div class="log-event">
      <code class="path">{name}</code>
      <span>{text}</span>
      <span class="quiet line-end">
        {about ? `${about} · ` : ''}
        <time datetime={at}>{clock(at)}</time>
      </span>
    </div>
  )
}

type RequestListProps = { org: Org; entries: Exchange[]; fresh?: string[] | undefined }

/** Requests as lines that open; those of the action just done are marked. */
export function RequestList({ org, entries, fresh = [] }: RequestListProps) {
  if (entries.length === 0) return <p class="card empty">Nothing yet.</p>
  const names = new Map([
    ...org.state.people.map((person) => [person.id, fullName(person)] as const),
    ...org.state.groups.map(({ id, name }) => [id, name] as const),
  ])
  return (
    <ol class="card requests">
      {entries.map((entry) => (
        <li key={entry.id} class={fresh.includes(entry.id) ? 'fresh' : ''}>
          <Request entry={entry} about={aboutOf(entry, names)} />
        </li>
      ))}
    </ol>
  )
}

function Request({ entry, line, about = '' }: { entry: Exchange; line?: LogLine; about?: string }) {
  return (
    <details>
      <summary>
        {line ? <code class="event-name">{line.name}</code> : null}
        <span class={`method method-${entry.method.toLowerCase()}`}>{entry.method}</span>
        <code class="path">{pathOf(entry.url)}</code>
        {entry.faults?.map((kind) => (
          <span key={kind} class="badge badge-warn">
            Fault: {FAULTS[kind].title}
          </span>
        ))}
        <span class={`badge badge-${toneOf(entry.status)}`}>{entry.status || 'No answer'}</span>
        <span class="quiet line-end">
          {line?.about ? `${line.about} · ` : about}
          {entry.ms} ms · <time datetime={entry.at}>{clock(entry.at)}</time>
        </span>
      </summary>
      <div class="columns">
        <Message
          title="Request"
          head={`${entry.method} ${entry.url}`}
          headers={entry.requestHeaders}
          body={entry.requestBody}
        />
        <Message
          title="Response"
          head={entry.status ? `HTTP ${entry.status}` : `No answer: ${entry.error ?? 'unknown reason'}`}
          headers={entry.responseHeaders}
          body={entry.responseBody}
        />
      </div>
    </details>
  )
}

type MessageProps = { title: string; head: string; headers: Record<string, string>; body: unknown }

function Message({ title, head, headers, body }: MessageProps) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <div class="message">
      <h4>{title}</h4>
      <pre tabindex={0}>{[head, ...lines].join('\n')}</pre>
      {body === undefined ? null : (
        <pre tabindex={0}>{typeof body === 'string' ? body : JSON.stringify(body, null, 2)}</pre>
      )}
    </div>
  )
}

function aboutOf({ personId, groupId }: Exchange, names: Map<string, string>): string {
  const about = personId ?? groupId
  return about ? `${names.get(about) ?? about} · ` : ''
}

/** The address without the host, with Okta's encoded filter made readable. */
function pathOf(address: string): string {
  const { pathname, search } = new URL(address)
  return pathname + decodeURIComponent(search)
}

function toneOf(status: number): 'good' | 'warn' | 'bad' {
  if (status >= 200 && status < 300) return 'good'
  return status === 429 ? 'warn' : 'bad'
}

/** Local time: the console is read on the machine it runs on. */
export const clock = (at: string): string => new Date(at).toTimeString().slice(0, 8)
