/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { Org, Store } from '../store'
import type { Flash } from './flash'
import { Shell } from './layout'

type AppTab = 'sign-on' | 'assignments' | 'provisioning' | 'push-groups' | 'import'
type AppShellProps = { store: Store; org: Org; tab: AppTab; flash: Flash | null; children?: Child }

const TABS: [tab: AppTab, path: string, text: string][] = [
  ['assignments', '', 'Assignments'],
  ['provisioning', '/provisioning', 'Provisioning'],
  ['push-groups', '/push-groups', 'Push Groups'],
  ['import', '/import', 'Import'],
  ['sign-on', '/sign-on', 'Sign On'],
]

/** Applications → Rollcall: its name, how it was made, and its tabs. */
export function AppShell({ store, org, tab, flash, children }: AppShellProps) {
  const { slug } = org.config
  const { sender, mode } = org.state.settings
  const made = mode === 'oin' ? 'Catalogue app' : 'App Integration Wizard'
  const title = TABS.find(([id]) => id === tab)?.[2] ?? ''
  return (
    <Shell store={store} org={org} tab="app" title={`Rollcall: ${title}`} flash={flash}>
      <div class="heading">
        <span class="app-mark" aria-hidden="true">
          R
        </span>
        <h2>Rollcall</h2>
        <span class="badges">
          <span class="badge badge-good">Active</span>
          <span class="badge">{sender === 'entra' ? 'Entra requests' : made}</span>
        </span>
      </div>
      <nav aria-label="Rollcall" class="tabs">
        {TABS.map(([id, path, text]) => (
          <a key={id} href={`/admin/${slug}/app${path}`} aria-current={id === tab ? 'page' : undefined}>
            {text}
          </a>
        ))}
      </nav>
      {children}
    </Shell>
  )
}
