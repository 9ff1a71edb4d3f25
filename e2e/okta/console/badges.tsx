/** @jsxImportSource hono/jsx */
import type { Group, Person, Role } from '../model'

const STATUS = {
  active: ['Active', 'good'],
  deactivated: ['Deactivated', 'bad'],
  suspended: ['Suspended', 'warn'],
} as const

const roleName = (role: Role): string => (role === 'manager' ? 'Manager' : 'Admin')

/** A person's state in words: in Okta, towards Rollcall, the role, and whether a task waits. */
export function StatusBadges({ person }: { person: Person }) {
  const [text, tone] = STATUS[person.status]
  return (
    <span class="badges">
      <span class={`badge badge-${tone}`}>{text}</span>
      {person.assigned ? <span class="badge badge-blue">Assigned</span> : <span class="badge">Not assigned</span>}
      {person.roles.map((role) => (
        <span key={role} class="badge">
          {roleName(role)}
        </span>
      ))}
      {person.waiting ? <span class="badge badge-warn">Task: waiting</span> : null}
      {person.task ? <span class="badge badge-bad">Task: failed</span> : null}
    </span>
  )
}

const PUSH = {
  off: ['Not pushed', ''],
  on: ['Pushed', 'badge-good'],
  paused: ['Push deactivated', 'badge-warn'],
} as const

/** Whether Push Groups keeps this group in step, and whether a task waits. */
export function PushBadges({ group }: { group: Group }) {
  const [text, tone] = PUSH[group.push]
  return (
    <span class="badges">
      <span class={`badge ${tone}`}>{text}</span>
      {group.assigned ? <span class="badge badge-blue">Assigned</span> : null}
      {group.waiting ? <span class="badge badge-warn">Task: waiting</span> : null}
      {group.task ? <span class="badge badge-bad">Task: failed</span> : null}
    </span>
  )
}
