import type { Person } from '../model'
import type { Org } from '../store'

type Button = { action: string; text: string; note: string; kind?: 'primary' | 'danger' }

/** What can be done with a person now, and what each button sends. */
export function buttonsFor(org: Org, { status, assigned }: Person): Button[] {
  const { sender } = org.state.settings
  const sends = sendsOf(org)
  if (status === 'deactivated') {
    const note = assigned ? `${sends} true and the profile.` : 'Sends nothing: not assigned to Rollcall.'
    const deletion = sender === 'entra' ? 'Sends DELETE, as Entra does after thirty days.' : 'Only here; sends nothing.'
    return [
      { action: 'activate', text: 'Activate', kind: 'primary', note },
      { action: 'delete', text: 'Delete', kind: 'danger', note: deletion },
    ]
  }
  const assignment: Button = assigned
    ? { action: 'unassign', text: 'Unassign from Rollcall', note: `${sends} false.` }
    : {
        action: 'assign',
        text: 'Assign to Rollcall',
        kind: 'primary',
        note: `Looks the ${sender === 'entra' ? 'externalId' : 'userName'} up, then creates or updates.`,
      }
  const note = assigned ? `${sends} false.` : 'Sends nothing: not assigned to Rollcall.'
  return [
    assignment,
    clearing(org, assigned),
    suspension(org, status, assigned),
    { action: 'deactivate', text: 'Deactivate', kind: 'danger', note },
  ]
}

function sendsOf({ state: { settings } }: Org): string {
  if (settings.sender === 'entra') return 'Sends PATCH Replace active'
  return settings.mode === 'oin' ? 'Sends PATCH active' : 'Sends GET, then PUT with active'
}

function clearing({ state }: Org, assigned: boolean): Button {
  const sends = assigned && state.settings.sender === 'okta'
  const note = sends ? 'Sends Universal Logout; the person may sign in again.' : 'Ends the Okta session; sends nothing.'
  return { action: 'clear-sessions', text: 'Clear user sessions', note }
}

function suspension(org: Org, status: Person['status'], assigned: boolean): Button {
  const tells = assigned && org.state.settings.sender === 'entra'
  if (status === 'suspended') {
    return {
      action: 'unsuspend',
      text: 'Unsuspend',
      note: tells ? 'Sends PATCH Replace active True.' : 'Sends nothing.',
    }
  }
  const note = tells
    ? 'Entra blocks the sign-in there too: PATCH active False.'
    : 'Sends nothing: Okta only stops new sign-ins.'
  return { action: 'suspend', text: 'Suspend', note }
}
