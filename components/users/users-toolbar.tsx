import type { ReactNode } from 'react'
import { Menu, MenuLink, MenuWord } from '@/components/ui/menu'
import { SearchForm } from '@/components/ui/search-form'
import { Tabs } from '@/components/ui/tabs'
import type { UserTab } from '@/lib/directory/list-users'
import { Chip } from './chip'
import { type UsersSearch, usersHref } from './users-url'
import { roleWords, sortWords, sourceWords, tabWords } from './words'

type Props = {
  org: string
  search: UsersSearch
  counts: Record<UserTab, string>
  groups: { shown: { id: string; name: string }[]; more: boolean; current: string | null }
}

const tabs: UserTab[] = ['active', 'inactive', 'all']

/** Which people: tabs with counts, words, filters and order. All of it is in the address, and works without scripts. */
export function UsersToolbar({ org, search, counts, groups }: Props) {
  const items = tabs.map((tab) => ({
    href: usersHref(org, { ...search, tab }),
    label: tabWords[tab],
    current: tab === search.tab,
    count: counts[tab],
  }))
  return (
    <div className="mb-3 grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Tabs label="Status" tabs={items} />
        <PeopleSearch org={org} search={search} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Facet label="Role" now={search.role && roleWords[search.role]}>
          {each(roleWords, search.role, (role) => usersHref(org, { ...search, role }))}
        </Facet>
        <Facet label="Source" now={search.source && sourceWords[search.source].word}>
          {each(names(sourceWords), search.source, (source) => usersHref(org, { ...search, source }))}
        </Facet>
        <Facet label="Group" now={groups.current}>
          {groups.shown.map(({ id, name }) => (
            <MenuLink key={id} href={usersHref(org, { ...search, group: id })} current={id === search.group}>
              {name}
            </MenuLink>
          ))}
          {groups.more ? <MenuLink href={`/orgs/${org}/admin/groups`}>Another: find it under Groups</MenuLink> : null}
          {groups.shown.length === 0 ? (
            <p className="px-2.5 py-1.5 text-muted">Okta has pushed no groups yet.</p>
          ) : null}
        </Facet>
        <Facet label="Sort" now={search.sort === 'name' ? null : sortWords[search.sort]}>
          {each(sortWords, search.sort, (sort) => usersHref(org, { ...search, sort, order: null }))}
        </Facet>
        <Chips org={org} search={search} group={groups.current} />
      </div>
    </div>
  )
}

const names = (words: typeof sourceWords) => ({
  okta: words.okta.word,
  jit: words.jit.word,
  local: words.local.word,
})

function each<K extends string>(words: Record<K, string>, now: K | null, href: (key: K) => string) {
  // Object.keys gives the keys of a literal we wrote.
  return (Object.keys(words) as K[]).map((key) => (
    <MenuLink key={key} href={href(key)} current={key === now}>
      {words[key]}
    </MenuLink>
  ))
}

function Facet({ label, now, children }: { label: string; now: string | null; children: ReactNode }) {
  return (
    <Menu
      trigger={
        <MenuWord>
          <span className="text-muted">{label}</span>
          {now ? <span className="max-w-40 truncate">{now}</span> : null}
        </MenuWord>
      }
    >
      {children}
    </Menu>
  )
}

function PeopleSearch({ org, search }: { org: string; search: UsersSearch }) {
  const kept = (['tab', 'role', 'source', 'group', 'sort', 'order'] as const).flatMap((name) => {
    const value = search[name]
    return value === null || usersHref(org, { [name]: value }) === usersHref(org, {}) ? [] : [[name, value] as const]
  })
  return (
    <SearchForm
      action={`/orgs/${org}/admin/users`}
      label="Search people"
      placeholder="Name, user name or e-mail"
      q={search.q}
      kept={Object.fromEntries(kept)}
    />
  )
}

function Chips({ org, search, group }: { org: string; search: UsersSearch; group: string | null }) {
  const chips = [
    search.q ? { text: `“${search.q}”`, href: usersHref(org, { ...search, q: '' }) } : null,
    search.role ? { text: roleWords[search.role], href: usersHref(org, { ...search, role: null }) } : null,
    search.source ? { text: sourceWords[search.source].word, href: usersHref(org, { ...search, source: null }) } : null,
    search.group ? { text: group ?? 'A group that is gone', href: usersHref(org, { ...search, group: null }) } : null,
  ].filter((chip) => chip !== null)
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ text, href }) => (
        <li key={href}>
          <Chip href={href} text={text} />
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <Chip href={usersHref(org, { tab: search.tab })} text="Clear" />
        </li>
      ) : null}
    </ul>
  )
}
