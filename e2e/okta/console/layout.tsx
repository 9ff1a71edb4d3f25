/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { Document } from '../document'
import { FAULTS } from '../faults'
import type { Org, Store } from '../store'
import { openTasks } from '../tasks'
import type { Flash } from './flash'

type Tab = 'people' | 'groups' | 'app' | 'log' | 'tasks' | 'faults'

type ShellProps = { store: Store; org: Org; tab: Tab; title: string; flash?: Flash | null; children?: Child }

/** More companies than this are chosen on the first page. */
const SWITCH_LIMIT = 4

const SECTIONS: [heading: string, links: [tab: Tab, path: string, text: string][]][] = [
  [
    'Directory',
    [
      ['people', '', 'People'],
      ['groups', '/groups', 'Groups'],
    ],
  ],
  ['Applications', [['app', '/app', 'Rollcall']]],
  [
    'Reports',
    [
      ['log', '/log', 'System Log'],
      ['tasks', '/tasks', 'Tasks'],
    ],
  ],
  ['Stand-in only', [['faults', '/faults', 'Faults']]],
]

/** Every page of one company: who it is, where one can go, which faults are on, and what the last action did. */
export function Shell({ store, org, tab, title, flash, children }: ShellProps) {
  const { slug, name } = org.config
  const open = openTasks(org).length
  return (
    <Document title={`${title} · Okta stand-in · ${name}`}>
      <header class="top">
        <h1>
          Okta stand-in · <span>{name}</span>
        </h1>
        <Companies store={store} org={org} />
      </header>
      <div class="frame">
        <nav aria-label="Console" class="side">
          {SECTIONS.map(([heading, links]) => (
            <div key={heading} class="side-section">
              <p class="side-heading">{heading}</p>
              {links.map(([id, path, text]) => (
                <a key={id} href={`/admin/${slug}${path}`} aria-current={id === tab ? 'page' : undefined}>
                  {text}
                  {id === 'tasks' && open > 0 ? <span class="count">{open}</span> : null}
                  {id === 'faults' && org.state.faults.length > 0 ? <span class="count">on</span> : null}
                </a>
              ))}
            </div>
          ))}
        </nav>
        <main id="content">
          <FaultBanner org={org} />
          {flash ? (
            <p class={`flash flash-${flash.tone}`} role={flash.tone === 'bad' ? 'alert' : 'status'}>
              {flash.text}
            </p>
          ) : null}
          {children}
        </main>
      </div>
    </Document>
  )
}

function Companies({ store, org }: { store: Store; org: Org }) {
  const shown = store.orgs.length > SWITCH_LIMIT ? store.orgs.slice(0, 2) : store.orgs
  return (
    <nav aria-label="Companies" class="switch">
      {shown.map(({ config: { slug, name } }) => (
        <a key={slug} href={`/admin/${slug}`} aria-current={slug === org.config.slug ? 'true' : undefined}>
          {name}
        </a>
      ))}
      <a href="/">{shown.length < store.orgs.length ? `All ${store.orgs.length} companies` : 'Companies'}</a>
      <a class="out" href={`${store.app}/sign-in/${org.config.slug}`}>
        Open Rollcall
      </a>
    </nav>
  )
}

/** A fault that is on is said on every page, so that nobody takes what it does for Rollcall's or Okta's doing. */
function FaultBanner({ org: { config, state } }: { org: Org }) {
  if (state.faults.length === 0) return null
  const names = state.faults.map(({ kind, sticky }) => `${FAULTS[kind].title} (${sticky ? 'until cleared' : 'once'})`)
  return (
    <div class="flash flash-warn fault-banner">
      <p>Fault on: {names.join(', ')}</p>
      <form method="post" action={`/admin/${config.slug}/faults/clear`}>
        <button class="button button-plain" type="submit">
          Clear faults
        </button>
      </form>
    </div>
  )
}

export function ProblemPage({ title, text }: { title: string; text: string }) {
  return (
    <Document title={`${title} · Okta stand-in`}>
      <header class="top">
        <h1>Okta stand-in</h1>
      </header>
      <main id="content">
        <h2>{title}</h2>
        <p>{text}</p>
        <p>
          <a href="/">All companies</a>
        </p>
      </main>
    </Document>
  )
}
