import Search from 'lucide-react/icons/search'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Tabs } from '@/components/ui/tabs'
import type { UserTab } from '@/lib/directory/list-users'

const labels: Record<UserTab, string> = { active: 'Active', inactive: 'Deactivated', all: 'All' }
const tabs: UserTab[] = ['active', 'inactive', 'all']

/** The address of the list; what is the default is left out. */
export function usersHref(org: string, { tab, q, after }: { tab: UserTab; q?: string; after?: string }): string {
  const query = new URLSearchParams()
  if (tab !== 'active') query.set('tab', tab)
  if (q) query.set('q', q)
  if (after) query.set('after', after)
  return `/orgs/${org}/admin/users${query.size > 0 ? `?${query}` : ''}`
}

type Props = { org: string; tab: UserTab; q: string; counts: Record<UserTab, number> }

export function UsersToolbar({ org, tab, q, counts }: Props) {
  const items = tabs.map((each) => ({
    href: usersHref(org, { tab: each, q }),
    label: labels[each],
    current: each === tab,
    count: counts[each],
  }))
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <Tabs label="Status" tabs={items} />
      <search className="max-sm:w-full">
        <form action={`/orgs/${org}/admin/users`} className="flex gap-2">
          {tab === 'active' ? null : <input type="hidden" name="tab" value={tab} />}
          <Input
            type="search"
            name="q"
            label="Search people"
            hideLabel
            placeholder="Name, user name or e-mail"
            defaultValue={q}
            maxLength={100}
            className="flex-1 sm:w-64"
          />
          <Button type="submit" aria-label="Search" className="min-h-9">
            <Search size={15} aria-hidden="true" />
          </Button>
        </form>
      </search>
    </div>
  )
}
