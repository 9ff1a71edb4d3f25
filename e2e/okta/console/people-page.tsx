/** @jsxImportSource hono/jsx */
import { fullName, type Person } from '../model'
import type { Org, Store } from '../store'
import { StatusBadges } from './badges'
import type { Flash } from './flash'
import { Shell } from './layout'
import { RequestList } from './log'

const SHOWN = 200
const RECENT = 20

type PeoplePageProps = { store: Store; org: Org; search: string; flash: Flash | null }

/** Everybody at the company, and the latest requests below. */
export function PeoplePage({ store, org, search, flash }: PeoplePageProps) {
  const { slug, name } = org.config
  const found = org.state.people.filter((person) => matches(person, search))
  return (
    <Shell store={store} org={org} tab="people" title="People" flash={flash}>
      <div class="heading">
        <h2>People</h2>
        <search class="search">
          <form method="get">
            <input type="search" name="q" value={search} placeholder="Search people" aria-label="Search people" />
          </form>
        </search>
        <a class="button" href={`/admin/${slug}/people/new`}>
          Add person
        </a>
      </div>
      {found.length === 0 ? (
        <p class="card empty">{search ? `Nobody matches "${search}".` : `${name} has no people yet.`}</p>
      ) : (
        <div class="card table">
          <table>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Title</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, SHOWN).map((person) => (
                <Row key={person.id} slug={slug} person={person} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > SHOWN ? (
        <p class="quiet">
          The first {SHOWN} of {found.length}. Search to see the others.
        </p>
      ) : null}
      <div class="heading">
        <h2>What Okta sent</h2>
        <a href={`/admin/${slug}/log`}>All requests</a>
      </div>
      <RequestList org={org} entries={org.state.log.slice(0, RECENT)} fresh={flash?.requests} />
    </Shell>
  )
}

function Row({ slug, person }: { slug: string; person: Person }) {
  return (
    <tr>
      <td>
        <a class="who" href={`/admin/${slug}/people/${person.id}`}>
          {fullName(person)}
        </a>
        <span class="quiet">{person.login}</span>
      </td>
      <td>
        {person.title}
        {person.department ? <span class="quiet">{person.department}</span> : null}
      </td>
      <td>
        <StatusBadges person={person} />
      </td>
    </tr>
  )
}

function matches(person: Person, search: string): boolean {
  const text = `${fullName(person)} ${person.login} ${person.title} ${person.department}`.toLowerCase()
  return text.includes(search.trim().toLowerCase())
}
