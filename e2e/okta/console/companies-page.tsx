/** @jsxImportSource hono/jsx */
import { Document } from '../document'
import type { Store } from '../store'
import { openTasks } from '../tasks'
import type { Flash } from './flash'

type CompaniesProps = { store: Store; canMake: boolean; flash: Flash | null }

/** The first page: which companies there are, and more of them on demand. */
export function CompaniesPage({ store, canMake, flash }: CompaniesProps) {
  return (
    <Document title="Okta stand-in">
      <header class="top">
        <h1>Okta stand-in</h1>
        <nav aria-label="Rollcall" class="switch">
          <a class="out" href={store.app}>
            Open Rollcall
          </a>
        </nav>
      </header>
      <main id="content">
        {flash ? (
          <p class={`flash flash-${flash.tone}`} role={flash.tone === 'bad' ? 'alert' : 'status'}>
            {flash.text}
          </p>
        ) : null}
        <h2>Companies</h2>
        <p class="lead">
          Each company has an Okta of its own: its people, its sign-in page, its connection to Rollcall.
        </p>
        <ul class="tiles">
          {store.orgs.map((org) => {
            const { config, state } = org
            const open = openTasks(org).length
            return (
              <li key={config.slug}>
                <a class="card tile" href={`/admin/${config.slug}`}>
                  <strong>{config.name}</strong>
                  <span class="quiet">
                    {state.people.length} people, {state.people.filter(({ assigned }) => assigned).length} assigned to
                    Rollcall{open > 0 ? `, ${open} open ${open === 1 ? 'task' : 'tasks'}` : ''}
                  </span>
                  <code>{config.issuer}</code>
                </a>
              </li>
            )
          })}
        </ul>
        <section class="card stack" aria-labelledby="more">
          <h3 id="more">More companies</h3>
          <p class="quiet">
            Each gets an organization in Rollcall with its own connection and key, and six people. Names and people are
            the same each time.
          </p>
          {canMake ? (
            <form method="post" action="/companies" class="inline">
              <label class="inline">
                How many
                <input type="number" name="count" value="20" min="1" max="50" required />
              </label>
              <button class="button" type="submit">
                Make companies
              </button>
            </form>
          ) : (
            <p>This stand-in was not told how companies are made: start it with npm run demo.</p>
          )}
        </section>
      </main>
    </Document>
  )
}
