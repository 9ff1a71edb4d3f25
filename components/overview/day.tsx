import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/format'
import { Table, Td, Th } from '@/components/ui/table'
import type { Histogram } from '@/lib/events/histogram'
import { OUTCOMES } from '@/lib/events/types'
import { DayChart } from './day-chart'

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** The last 24 hours by outcome: a drawing, and the same as a table. */
export function Day({ day }: { day: Histogram }) {
  const totals = OUTCOMES.map(
    (outcome) => `${day.bars.reduce((sum, bar) => sum + bar[outcome], 0).toLocaleString('en-US')} ${outcome}`,
  )
  const busy = day.bars.filter(({ total }) => total > 0)
  return (
    <Card title="Last 24 hours" note={totals.join(' · ')}>
      <DayChart bars={day.bars} />
      <details className="group border-t border-border">
        <summary className="flex min-h-9 items-center px-4 text-sm text-muted hover:text-text max-sm:min-h-11">
          <span className="group-open:hidden">Show as a table</span>
          <span className="hidden group-open:inline">Hide the table</span>
        </summary>
        {busy.length === 0 ? (
          <p className="px-4 pb-3 text-muted">No events in the last 24 hours.</p>
        ) : (
          <Table
            caption={`Events by hour and outcome: ${counted(busy.length, 'hour')} with events`}
            head={
              <>
                <Th>Hour (UTC)</Th>
                {OUTCOMES.map((outcome) => (
                  <Th key={outcome}>{capital(outcome)}</Th>
                ))}
              </>
            }
          >
            {busy.map((bar) => (
              <tr key={bar.at}>
                <Td className="font-mono text-xs">{bar.at.slice(0, 16).replace('T', ' ')}</Td>
                {OUTCOMES.map((outcome) => (
                  <Td key={outcome}>{bar[outcome].toLocaleString('en-US')}</Td>
                ))}
              </tr>
            ))}
          </Table>
        )}
      </details>
    </Card>
  )
}
