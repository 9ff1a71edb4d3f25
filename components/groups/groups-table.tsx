import { upTo } from '@/components/ui/format'
import { Row, RowLink, Table, Td, Th } from '@/components/ui/table'
import type { GroupListItem } from '@/lib/directory/list-groups'
import { Gives } from './gives'
import { groupHref } from './groups-url'
import { Pushed } from './pushed'

/** Groups, one a row; on a phone what they give and how many they are stand under the name. */
export function GroupsTable({ org, groups }: { org: string; groups: GroupListItem[] }) {
  return (
    <Table
      caption="Groups of this company"
      head={
        <>
          <Th>Group</Th>
          <Th className="text-right">People</Th>
          <Th>Gives</Th>
          <Th className="max-lg:hidden">Source</Th>
          <Th className="whitespace-nowrap max-md:hidden">Last push</Th>
        </>
      }
    >
      {groups.map((group) => (
        <Row key={group.id}>
          <Td className="max-w-0 max-sm:w-full sm:w-2/5">
            <RowLink href={groupHref(org, group.id)}>
              <bdi className="line-clamp-2 text-left break-words">{group.displayName}</bdi>
            </RowLink>
            <span className="mt-1 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs text-muted sm:hidden">
              {upTo(group.members)} {group.members === 1 ? 'person' : 'people'}
              <Gives mapping={group.mapping} />
            </span>
          </Td>
          <Td className="text-right font-mono text-xs whitespace-nowrap max-sm:hidden">{upTo(group.members)}</Td>
          <Td className="max-sm:hidden">
            <Gives mapping={group.mapping} />
          </Td>
          <Td className="text-xs whitespace-nowrap text-muted max-lg:hidden" title="Groups come by SCIM alone">
            From Okta
          </Td>
          <Td className="text-xs whitespace-nowrap text-muted max-md:hidden">
            <Pushed push={group.push} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}
