import { Card } from '@/components/ui/card'
import { Table, Td, Th } from '@/components/ui/table'
import type { Victim } from '@/lib/lab/victim'

const rowsOf = ({ person, groups, counts, digest }: Victim): [label: string, value: string][] => [
  ['Person', person ? person.displayName : 'gone'],
  ['userName', person?.userName ?? '—'],
  ['Active', person ? String(person.active) : '—'],
  ['Role, version', person ? `${person.role}, ${person.version}` : '—'],
  ['Groups', groups.join(', ') || 'none'],
  ['People, groups', `${counts.people}, ${counts.groups}`],
  ['Memberships, entitlements', `${counts.memberships}, ${counts.entitlements}`],
  ['SHA-256 of every row', digest.slice(0, 16)],
]

/** The victim before and after, as White Rabbit itself sees it. */
export function VictimCard({ before, after }: { before: Victim; after: Victim }) {
  const now = rowsOf(after)
  return (
    <Card title="White Rabbit, before and after" note="read by its own withOrg">
      <Table
        caption="White Rabbit before and after the request"
        head={
          <>
            <Th>What</Th>
            <Th>Before</Th>
            <Th>After</Th>
          </>
        }
      >
        {rowsOf(before).map(([label, was], i) => {
          const is = now[i]?.[1] ?? ''
          return (
            <tr key={label}>
              <th scope="row" className="py-1 pl-4 text-left text-xs font-normal text-muted">
                {label}
              </th>
              <Td className="py-1 font-mono text-xs break-all">{was}</Td>
              <Td className="py-1 font-mono text-xs break-all">
                <span className={is === was ? '' : 'rounded bg-fail-soft px-1 text-fail'}>{is}</span>
              </Td>
            </tr>
          )
        })}
      </Table>
    </Card>
  )
}
