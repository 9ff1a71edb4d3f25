/** @jsxImportSource hono/jsx */
import { type Exchange, fullName } from '../model'
import type { Org, Store } from '../store'
import { Shell } from './layout'

/** Every request this company's Okta sent, newest first. */
export function LogPage({ store, org }: { store: Store; org: Org }) {
  return (
    <Shell store={store} org={org} tab="log" title="What Okta sent">
      <h2>What Okta sent</h2>
      <p class="lead">Every SCIM request to Rollcall with its answer, newest first. The last 500 are kept.</p>
      <RequestList org={org} entries={org.state.log} />
    </Shell>
  )
}

type RequestListProps = { org: Org; entries: Exchange[]; fresh?: string[] | undefined }

/** Requests as lines that open; those of the action just done stand open. */
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
          <details>
            <summary>
              <span class={`method method-${entry.method.toLowerCase()}`}>{entry.method}</span>
              <code class="path">{pathOf(entry.url)}</code>
              <span class={`badge badge-${toneOf(entry.status)}`}>{entry.status || 'No answer'}</span>
              <span class="quiet line-end">
                {aboutOf(entry, names)}
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
        </li>
      ))}
    </ol>
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
const clock = (at: string): string => new Date(at).toTimeString().slice(0, 8)
