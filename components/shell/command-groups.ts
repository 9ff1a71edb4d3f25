import type { Viewer } from '@/lib/auth/session'
import { OPEN_HELP, TOGGLE_LIVE } from './command-events'
import { pagesOf } from './pages'
import type { Item, ItemGroup } from './palette-items'
import { THEMES, type Theme } from './theme'

export type CommandFacts = {
  viewer: { orgSlug: string; role: Viewer['role'] }
  /** Other organizations this browser is signed in to. */
  others: { slug: string; name: string }[]
  /** For admins: what Okta is given as the base URL. */
  scimBase: string | null
  theme: Theme
  themeAction: (form: FormData) => Promise<void>
}

const below: [path: string, name: string, also: string][] = [
  ['/admin/settings/provisioning', 'Provisioning', 'scim tokens base url pause'],
  ['/admin/settings/sign-in', 'Sign-in', 'okta oidc issuer client'],
  ['/admin/settings/domains', 'Domains', 'dns txt verify'],
  ['/admin/settings/roles', 'Roles and entitlements', 'groups mapping permissions why'],
  ['/admin/settings/general', 'General', 'default role brake retention name'],
]

/** Everything the palette offers before anything is typed; `say` shows what came of an action. */
export function commandGroups(facts: CommandFacts, say: (text: string) => void): ItemGroup[] {
  const { viewer, others } = facts
  const base = `/orgs/${viewer.orgSlug}`
  const sections = pagesOf(viewer)
  const pages = sections
    .flatMap((section) => section.pages)
    .map(({ href, name, go }): Item => ({ id: href, label: name, href, keys: `G ${go.toUpperCase()}` }))
  const settings = below.map(([path, name, also]): Item => {
    return { id: path, label: `Settings: ${name}`, also, href: `${base}${path}` }
  })
  const orgs = others.map(
    ({ slug, name }): Item => ({ id: `org-${slug}`, label: name, note: 'switch to', href: `/orgs/${slug}` }),
  )
  const another: Item = { id: 'another', label: 'Sign in to another organization', href: '/sign-in' }
  return [
    { value: 'Pages', items: sections.length > 1 ? [...pages, ...settings] : pages },
    { value: 'Actions', items: actions(facts, say) },
    { value: 'Organizations', items: [...orgs, another] },
  ]
}

function actions({ viewer, scimBase, theme, themeAction }: CommandFacts, say: (text: string) => void): Item[] {
  const themes = THEMES.filter((each) => each !== theme).map((each): Item => {
    const label = each === 'system' ? 'Theme of the system' : `${each === 'dark' ? 'Dark' : 'Light'} theme`
    return { id: `theme-${each}`, label, also: 'colours mode', run: () => void themeAction(formOf('theme', each)) }
  })
  const copy: Item[] = scimBase
    ? [{ id: 'copy', label: 'Copy the SCIM base URL', note: scimBase, run: () => void copyText(scimBase, say) }]
    : []
  const live: Item[] = scimBase
    ? [{ id: 'live', label: 'Pause or go on with live events', keys: 'Space', run: () => ask(TOGGLE_LIVE) }]
    : []
  return [
    ...copy,
    ...live,
    ...themes,
    { id: 'help', label: 'Keyboard shortcuts', keys: '?', run: () => ask(OPEN_HELP) },
    { id: 'out', label: 'Sign out', also: 'log out leave', run: () => signOut(viewer.orgSlug) },
  ]
}

const ask = (what: string) => void dispatchEvent(new Event(what))

function formOf(name: string, value: string): FormData {
  const form = new FormData()
  form.set(name, value)
  return form
}

/** Sends the sign-out form that every page of the org has. */
const signOut = (org: string) =>
  document.querySelector<HTMLFormElement>(`form[action="/sign-out/${CSS.escape(org)}"]`)?.requestSubmit()

/** Copies, and says so, or says what the browser did not let out. */
export async function copyText(text: string, say: (text: string) => void): Promise<void> {
  await navigator.clipboard.writeText(text).then(
    () => say(`Copied ${text}`),
    () => say(`The browser did not let it be copied: ${text}`),
  )
}
