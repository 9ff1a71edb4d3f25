/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { Document } from '../document'
import type { Org, Store } from '../store'
import type { Flash } from './flash'

type ShellProps = {
  store: Store
  org: Org
  tab: 'people' | 'groups' | 'app' | 'log'
  title: string
  flash?: Flash | null
  children?: Child
}

/** Every page of one company: who it is, where one can go, and what the last action did. */
export function Shell({ store, org, tab, title, flash, children }: ShellProps) {
  const { slug, name } = org.config
  const tabs = [
    { id: 'people', href: `/admin/${slug}`, text: 'People' },
    { id: 'groups', href: `/admin/${slug}/groups`, text: 'Groups' },
    { id: 'app', href: `/admin/${slug}/app`, text: 'Rollcall app' },
    { id: 'log', href: `/admin/${slug}/log`, text: 'What Okta sent' },
  ]
  return (
    <Document title={`${title} · Okta stand-in · ${name}`}>
      <header class="top">
        <div class="top-row">
          <h1>
            Okta stand-in · <span>{name}</span>
          </h1>
          <nav aria-label="Companies" class="switch">
            {store.orgs.map(({ config }) => (
              <a
                key={config.slug}
                href={`/admin/${config.slug}`}
                aria-current={config.slug === slug ? 'true' : undefined}
              >
                {config.name}
              </a>
            ))}
            <a class="out" href={`${store.app}/sign-in/${slug}`}>
              Open Rollcall
            </a>
          </nav>
        </div>
        <nav aria-label="Console" class="tabs">
          {tabs.map(({ id, href, text }) => (
            <a key={id} href={href} aria-current={id === tab ? 'page' : undefined}>
              {text}
            </a>
          ))}
        </nav>
      </header>
      <main id="content">
        {flash ? (
          <p class={`flash flash-${flash.tone}`} role={flash.tone === 'bad' ? 'alert' : 'status'}>
            {flash.text}
          </p>
        ) : null}
        {children}
      </main>
    </Document>
  )
}

/** The first page: which companies there are. */
export function CompaniesPage({ store }: { store: Store }) {
  return (
    <Document title="Okta stand-in">
      <header class="top">
        <div class="top-row">
          <h1>Okta stand-in</h1>
        </div>
      </header>
      <main id="content">
        <h2>Companies</h2>
        <p class="lead">
          Each company has an Okta of its own: its people, its sign-in page, its connection to Rollcall.
        </p>
        <ul class="tiles">
          {store.orgs.map(({ config, state }) => (
            <li key={config.slug}>
              <a class="card tile" href={`/admin/${config.slug}`}>
                <strong>{config.name}</strong>
                <span class="quiet">
                  {state.people.length} people, {state.people.filter(({ assigned }) => assigned).length} assigned to
                  Rollcall
                </span>
                <code>{config.issuer}</code>
              </a>
            </li>
          ))}
        </ul>
      </main>
    </Document>
  )
}

export function ProblemPage({ title, text }: { title: string; text: string }) {
  return (
    <Document title={`${title} · Okta stand-in`}>
      <header class="top">
        <div class="top-row">
          <h1>Okta stand-in</h1>
        </div>
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
