/** @jsxImportSource hono/jsx */
import { fullName, type Person, type Profile } from '../model'
import type { Org, Store } from '../store'
import { StatusBadges } from './badges'
import type { Flash } from './flash'
import { Shell } from './layout'
import { RequestList } from './log'
import { buttonsFor } from './person-buttons'
import { WaitingCard } from './waiting-card'

/** What was typed into a form that was refused. */
export type PersonDraft = Partial<Profile>

/** One person: state, buttons, profile form, and what was sent about them. */
export function PersonPage({
  store,
  org,
  person,
  flash,
}: {
  store: Store
  org: Org
  person: Person
  flash: Flash | null
}) {
  const base = `/admin/${org.config.slug}/people/${person.id}`
  const entries = org.state.log.filter(({ personId }) => personId === person.id)
  return (
    <Shell store={store} org={org} tab="people" title={fullName(person)} flash={flash}>
      <div class="heading">
        <h2>{fullName(person)}</h2>
        <StatusBadges person={person} />
      </div>
      <WaitingCard org={org} subject={person} />
      {person.task ? (
        <div class="card task">
          <p>
            <strong>Task</strong> {person.task.message}
          </p>
          <form method="post" action={`${base}/retry`}>
            <button class="button" type="submit">
              Retry
            </button>
          </form>
        </div>
      ) : null}
      <div class="columns">
        <section class="card" aria-labelledby="profile">
          <h3 id="profile">Profile</h3>
          <form method="post" action={base} class="stack">
            <ProfileFields draft={person} />
            <button class="button" type="submit">
              Save profile
            </button>
            <p class="fine">
              {person.assigned && person.status !== 'deactivated'
                ? org.state.settings.sender === 'entra'
                  ? 'Saving sends GET, then PATCH with what differs.'
                  : 'Saving sends GET, then PUT with the whole user.'
                : 'Saving sends nothing while this person is not active in Rollcall.'}
            </p>
          </form>
        </section>
        <section class="card" aria-labelledby="actions">
          <h3 id="actions">Actions</h3>
          <ul class="actions">
            {buttonsFor(org, person).map(({ action, text, note, kind }) => (
              <li key={action}>
                <form method="post" action={`${base}/${action}`}>
                  <button class={`button ${kind === 'primary' ? '' : `button-${kind ?? 'plain'}`}`} type="submit">
                    {text}
                  </button>
                </form>
                <span class="quiet">{note}</span>
              </li>
            ))}
          </ul>
          <dl class="facts">
            <dt>Okta id</dt>
            <dd>
              <code>{person.id}</code>
              <span class="quiet">sub in ID tokens, externalId over SCIM</span>
            </dd>
            <dt>Id in Rollcall</dt>
            <dd>
              {person.appUserId ? (
                <code>{person.appUserId}</code>
              ) : (
                <span class="quiet">not known yet: the next assignment looks it up by userName</span>
              )}
            </dd>
          </dl>
        </section>
      </div>
      <h2>What Okta sent about {fullName(person)}</h2>
      <RequestList org={org} entries={entries} fresh={flash?.requests} />
    </Shell>
  )
}

type NewPersonProps = { store: Store; org: Org; draft: PersonDraft; problem: string }

/** The form for a new person; a refused one comes back with what was typed. */
export function NewPersonPage({ store, org, draft, problem }: NewPersonProps) {
  return (
    <Shell
      store={store}
      org={org}
      tab="people"
      title="Add person"
      flash={problem ? { tone: 'bad', text: problem } : null}
    >
      <h2>Add person</h2>
      <form method="post" action={`/admin/${org.config.slug}/people`} class="card stack form">
        <ProfileFields draft={draft} placeholder={`name@${org.config.domain}`} />
        <label class="check">
          <input type="checkbox" name="assign" value="yes" /> Assign to Rollcall right away
        </label>
        <button class="button" type="submit">
          Add person
        </button>
      </form>
    </Shell>
  )
}

function ProfileFields({ draft, placeholder }: { draft: PersonDraft; placeholder?: string }) {
  const role = draft.roles?.[0] ?? 'none'
  const options = [
    ['none', 'None'],
    ['manager', 'Manager'],
    ['admin', 'Admin'],
  ]
  return (
    <div class="fields">
      <label>
        First name
        <input name="firstName" value={draft.firstName ?? ''} required maxlength={200} autocomplete="off" />
      </label>
      <label>
        Last name
        <input name="lastName" value={draft.lastName ?? ''} required maxlength={200} autocomplete="off" />
      </label>
      <label class="wide">
        Login (e-mail)
        <input
          type="email"
          name="login"
          value={draft.login ?? ''}
          placeholder={placeholder}
          required
          autocomplete="off"
        />
      </label>
      <label>
        Title
        <input name="title" value={draft.title ?? ''} maxlength={200} autocomplete="off" />
      </label>
      <label>
        Department
        <input name="department" value={draft.department ?? ''} maxlength={200} autocomplete="off" />
      </label>
      <label>
        Role
        <select name="role">
          {options.map(([value, text]) => (
            <option key={value} value={value} selected={value === role}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
