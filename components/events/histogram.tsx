import { absoluteTime, counted } from '@/components/ui/format'
import type { Bar, Histogram as Data } from '@/lib/events/histogram'
import { type LogAddress, logHref } from '@/lib/events/log-address'
import { Brush } from './brush'

const HEIGHT = 56
const WIDTH = 10
const PARTS = [
  ['success', 'fill-ok'],
  ['skipped', 'fill-skip'],
  ['blocked', 'fill-warn'],
  ['failed', 'fill-[url(#hatch)]'],
] as const

type Props = { org: string; address: LogAddress; chart: Data }

/** How many events there were over time and how they ended. A bar, or a span drawn over some, becomes the range. */
export function Histogram({ org, address, chart }: Props) {
  const most = Math.max(...chart.bars.map(({ total }) => total), 1)
  const end = (bar: Bar) => new Date(Date.parse(bar.at) + chart.stepMs)
  return (
    <figure className="mb-3 rounded-card border border-border bg-surface px-4 pt-3 pb-2 shadow-card">
      <Brush org={org} address={address} starts={chart.bars.map(({ at }) => at)} stepMs={chart.stepMs}>
        <svg
          viewBox={`0 0 ${chart.bars.length * WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="block h-14 w-full"
        >
          <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="4" height="4" className="fill-fail-soft" />
            <rect width="2" height="4" className="fill-fail" />
          </pattern>
          {chart.bars.map((bar, i) => (
            <a
              key={bar.at}
              tabIndex={-1}
              href={logHref(org, address, { from: new Date(bar.at), to: end(bar) })}
              className="[&:hover>rect:first-of-type]:fill-raised"
            >
              <title>{`${absoluteTime(new Date(bar.at))}: ${counted(bar.total, 'event')}, ${bar.failed} failed`}</title>
              <rect x={i * WIDTH} width={WIDTH} height={HEIGHT} className="fill-surface" />
              {stacked(bar, most).map(({ name, look, y, height }) => (
                <rect key={name} x={i * WIDTH + 1} width={WIDTH - 2} y={y} height={height} className={look} />
              ))}
            </a>
          ))}
        </svg>
      </Brush>
      <figcaption className="mt-1 flex justify-between gap-4 font-mono text-xs text-muted">
        <span>{minuteOf(chart.from)}</span>
        {chart.complete ? null : <span className="font-sans">Older hours are still being counted.</span>}
        <span className="text-right">{minuteOf(chart.to)}</span>
      </figcaption>
      {/* A table keeps its own width, however small it is asked to be. */}
      <div className="sr-only">
        <ChartTable chart={chart} />
      </div>
    </figure>
  )
}

/** To the minute: both ends stand side by side on a phone. */
const minuteOf = (at: string): string => absoluteTime(new Date(at)).replace(/:\d\d UTC$/, ' UTC')

function stacked(bar: Bar, most: number) {
  let top = HEIGHT
  return PARTS.filter(([name]) => bar[name] > 0).map(([name, look]) => {
    // What happened once must still be seen beside what happened a thousand times.
    const height = Math.max((bar[name] / most) * HEIGHT, 1)
    top -= height
    return { name, look, y: Math.max(top, 0), height }
  })
}

/** The same as a table, for those who do not see the chart. */
function ChartTable({ chart }: { chart: Data }) {
  return (
    <table>
      <caption>Events over time</caption>
      <thead>
        <tr>
          {['From', 'Success', 'Skipped', 'Blocked', 'Failed'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.bars
          .filter(({ total }) => total > 0)
          .map((bar) => (
            <tr key={bar.at}>
              <th scope="row">{absoluteTime(new Date(bar.at))}</th>
              {PARTS.map(([name]) => (
                <td key={name}>{bar[name]}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  )
}
