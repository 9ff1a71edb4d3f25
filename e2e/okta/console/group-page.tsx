/** @jsxImportSource hono/jsx */
import { fullName, type Group, type Person } from '../model'
import type { Org, Store } from '../store'
import { PushBadges } from './badges'
import { PostButton } from './button'
import type { Flash } from './flash'
import { Shell } from './layout'
import { RequestList } from './log'
import { WaitingCard } from './waiting-card'

type GroupPageProps = { store: Store; org: Org; group: Group; flash: Flash | null }

/** One group: its people, how it is pushed, and what was sent about it. */
export function GroupPage({ store, org, group, flash }: GroupPageProps) {
  const base = `/admin/${org.config.slug}/groups/${group.id}`
  const inGroup = new Set(group.members)
  const members = org.state.people.filter(({ id }) => inGroup.has(id))
  const others = org.state.people.filter(({ id }) => !inGroup.has(id))
  return (
    <Shell store={store} org={org} tab="groups" title={group.name} flash={flash}>
      <div class="heading">
        <h2>{group.name}</h2>
        <PushBadges group={group} />
      </div>
      <WaitingCard org={org} subject={group} />
      {group.task ? (
        <div class="card task">
          <p>
            <strong>Task</strong> {group.task.message}
          </p>
          <PostButton action={`${base}/push`} text="Push again" />
        </div>
      ) : null}
      <div class="columns">
        <section class="card" aria-labelledby="members">
          <h3 id="members">People</h3>
          <Members base={base} members={members} />
          <AddMember base={base} others={others} />
        </section>
        <div class="stack">
          <section class="card" aria-labelledby="assignment">
            <h3 id="assignment">Assignment</h3>
            <div class="inline">
              {group.assigned ? (
                <PostButton action={`${base}/unassign`} text="Unassign from Rollcall" kind="plain" />
              ) : (
                <PostButton action={`${base}/assign`} text="Assign to Rollcall" kind="plain" />
              )}
              <span class="quiet">
                {group.assigned
                  ? 'Everybody in it is assigned. Unassigning deactivates who has no assignment of their own.'
                  : 'Assigns everybody in it. It does not push the group itself.'}
              </span>
            </div>
          </section>
          <PushCard
            base={base}
            group={group}
            change={org.state.settings.sender === 'okta' && org.state.settings.mode === 'aiw' ? 'PUT' : 'PATCH'}
          />
          <section class="card" aria-labelledby="name">
            <h3 id="name">Name</h3>
            <form method="post" action={base} class="stack">
              <input name="name" value={group.name} aria-label="Name" required maxlength={200} />
              <button class="button button-plain" type="submit">
                Rename
              </button>
            </form>
          </section>
        </div>
      </div>
      <h2>What Okta sent about {group.name}</h2>
      <RequestList
        org={org}
        entries={org.state.log.filter(({ groupId }) => groupId === group.id)}
        fresh={flash?.requests}
      />
    </Shell>
  )
}

function Members({ base, members }: { base: string; members: Person[] }) {
  if (members.length === 0) return <p class="quiet">Nobody is in this group.</p>
  return (
    <ul class="actions">
      {members.map((person) => (
        <li key={person.id}>
          <span class="name">
            {fullName(person)}
            {whyNotSent(person)}
          </span>
          <PostButton
            action={`${base}/remove`}
            fields={{ person: person.id }}
            text="Remove"
            label={`Remove ${fullName(person)}`}
            kind="plain"
          />
        </li>
      ))}
    </ul>
  )
}

function AddMember({ base, others }: { base: string; others: Person[] }) {
  if (others.length === 0) return null
  return (
    <form method="post" action={`${base}/add`} class="inline ruled">
      <select name="person" aria-label="Person to add">
        {others.map((person) => (
          <option key={person.id} value={person.id}>
            {fullName(person)} ({person.login})
          </option>
        ))}
      </select>
      <button class="button" type="submit">
        Add to group
      </button>
    </form>
  )
}

function PushCard({ base, group, change }: { base: string; group: Group; change: 'PATCH' | 'PUT' }) {
  const linked = group.push !== 'off'
  return (
    <section class="card" aria-labelledby="push">
      <h3 id="push">Push to Rollcall</h3>
      <ul class="actions">
        <li>
          <PostButton action={`${base}/push`} text={linked ? 'Push now' : 'Push group'} />
          <span class="quiet">
            {linked ? `Sends ${change} with all its people.` : 'Looks the name up, then links or creates the group.'}
          </span>
        </li>
        {group.push === 'on' ? (
          <li>
            <PostButton action={`${base}/pause`} text="Deactivate push" kind="plain" />
            <span class="quiet">Sends nothing; Rollcall keeps the group as it is.</span>
          </li>
        ) : null}
        {linked ? (
          <>
            <li>
              <PostButton action={`${base}/unlink`} text="Unlink, leave in Rollcall" kind="plain" />
              <span class="quiet">Sends nothing.</span>
            </li>
            <li>
              <PostButton action={`${base}/delete`} text="Unlink and delete in Rollcall" kind="danger" />
              <span class="quiet">Sends DELETE.</span>
            </li>
          </>
        ) : (
          <li>
            <PostButton action={`${base}/drop`} text="Delete group" kind="danger" />
            <span class="quiet">Only here; sends nothing.</span>
          </li>
        )}
      </ul>
      <dl class="facts">
        <dt>Id in Rollcall</dt>
        <dd>{group.appGroupId ? <code>{group.appGroupId}</code> : <span class="quiet">not known</span>}</dd>
      </dl>
    </section>
  )
}

function whyNotSent({ assigned, status }: Person) {
  if (assigned && status !== 'deactivated') return null
  return <span class="quiet">{assigned ? 'deactivated' : 'not assigned to Rollcall'}, so not sent</span>
}
