import { SearchForm } from '@/components/ui/search-form'
import { Tabs } from '@/components/ui/tabs'
import type { GroupTab } from '@/lib/directory/list-groups'
import { type GroupsSearch, groupsHref } from './groups-url'

type Props = { org: string; search: GroupsSearch; counts: Record<GroupTab, string> }

const words: Record<GroupTab, string> = { all: 'All', mapped: 'Give a role' }
const tabs: GroupTab[] = ['all', 'mapped']

/** Which groups: tabs with counts, and words. All of it is in the address. */
export function GroupsToolbar({ org, search, counts }: Props) {
  const items = tabs.map((tab) => ({
    href: groupsHref(org, { ...search, tab }),
    label: words[tab],
    current: tab === search.tab,
    count: counts[tab],
  }))
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <Tabs label="Groups" tabs={items} />
      <SearchForm
        action={`/orgs/${org}/admin/groups`}
        label="Search groups"
        placeholder="Name of a group"
        q={search.q}
        kept={{ tab: search.tab === 'all' ? null : search.tab }}
      />
    </div>
  )
}
