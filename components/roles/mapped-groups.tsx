import Link from 'next/link'
import { Gives } from '@/components/groups/gives'
import { groupHref, groupsHref } from '@/components/groups/groups-url'
import { MappingEditor, type MappingEditorProps } from '@/components/groups/mapping-editor'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { counted, upTo } from '@/components/ui/format'
import { SearchForm } from '@/components/ui/search-form'
import type { GroupListItem } from '@/lib/directory/list-groups'
import { rolesHref } from './roles-url'

type Props = {
  org: string
  mapped: GroupListItem[]
  /** There are more of them than are shown. */
  more: boolean
  find: string
  /** What the search found. */
  found: GroupListItem[]
  /** The group whose role is being chosen. */
  chosen: { group: { id: string; displayName: string }; editor: MappingEditorProps } | null
}

/** Every group that gives a role, the one being changed, and a way to another. */
export function MappedGroups({ org, mapped, more, find, found, chosen }: Props) {
  return (
    <Card title="Groups that give a role" note={counted(mapped.length, 'group') + (more ? ' and more' : '')}>
      {chosen ? (
        <section aria-label="Role of the chosen group" className="border-b border-border">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3">
            <span className="min-w-0">
              Role that{' '}
              <Link href={groupHref(org, chosen.group.id)} prefetch={false} className="font-semibold underline">
                <bdi>{chosen.group.displayName}</bdi>
              </Link>{' '}
              gives
            </span>
            <Link href={rolesHref(org)} prefetch={false} scroll={false} className="text-sm text-accent hover:underline">
              Close
            </Link>
          </p>
          <MappingEditor {...chosen.editor} />
        </section>
      ) : null}
      {mapped.length === 0 ? (
        <p className="px-4 py-3 text-muted">
          No group gives a role yet. Find one below and choose what its people get.
        </p>
      ) : (
        <Lines org={org} groups={mapped} />
      )}
      {more ? (
        <p className="border-t border-border px-4 py-2">
          <Link href={groupsHref(org, { tab: 'mapped' })} prefetch={false} className="text-accent hover:underline">
            All that give a role
          </Link>
        </p>
      ) : null}
      <div className="grid gap-2 border-t border-border px-4 py-3">
        <SearchForm
          action={rolesHref(org)}
          name="find"
          label="Find a group to give a role"
          placeholder="Name of a group"
          q={find}
        />
        {find && found.length === 0 ? <p className="text-muted">No group matches “{find}”.</p> : null}
      </div>
      {found.length > 0 ? (
        <div className="border-t border-border">
          <Lines org={org} groups={found} find={find} />
        </div>
      ) : null}
    </Card>
  )
}

function Lines({ org, groups, find = '' }: { org: string; groups: GroupListItem[]; find?: string }) {
  return (
    <ul className="divide-y divide-border">
      {groups.map((group) => (
        <li key={group.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2">
          <div className="min-w-0 flex-1 basis-60">
            <Link
              href={groupHref(org, group.id)}
              prefetch={false}
              className="inline-block max-w-full py-0.5 font-medium hover:underline"
            >
              <bdi className="line-clamp-2 text-left">{group.displayName}</bdi>
            </Link>
            <span className="flex flex-wrap items-baseline gap-x-3">
              <Gives mapping={group.mapping} />
              <span className="text-xs text-muted">
                {upTo(group.members)} {group.members === 1 ? 'person' : 'people'}
              </span>
            </span>
          </div>
          <ButtonLink
            href={rolesHref(org, { group: group.id, find })}
            aria-label={`${group.mapping ? 'Change the role of' : 'Choose a role for'} ${group.displayName}`}
          >
            {group.mapping ? 'Change' : 'Choose a role'}
          </ButtonLink>
        </li>
      ))}
    </ul>
  )
}
