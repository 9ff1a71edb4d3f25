import clsx from 'clsx'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, Td, Th } from '@/components/ui/table'
import type { Wrong } from '@/lib/lab/attempts'
import type { Refuser } from '@/lib/lab/fire'
import type { Standing } from '@/lib/lab/standing'
import { REFUSERS, WRONGS } from '@/lib/lab/words'

export type Verdict = { held: boolean; refuser: Refuser; status: number }
export type Cell = { slug: string; route: string; wrong: Wrong; verdict: Verdict | null }

type Props = { routes: readonly string[]; cells: readonly Cell[]; standing: Standing }

const COLUMNS: Wrong[] = ['address', 'id', 'member', 'filter', 'domain', 'reference']

/** Every operation and what can be wrong with it. A cell opens its evidence. */
export function Matrix({ routes, cells, standing }: Props) {
  const byPlace = new Map(cells.map((cell) => [`${cell.route} ${cell.wrong}`, cell]))
  return (
    <Table
      caption="Operations of the SCIM service by what is wrong with the request"
      head={
        <>
          <Th>Operation</Th>
          {COLUMNS.map((wrong) => (
            <Th key={wrong}>
              <span title={WRONGS[wrong].sentence}>{WRONGS[wrong].label}</span>
            </Th>
          ))}
        </>
      }
    >
      {routes.map((route) => (
        <tr key={route} className="max-md:flex max-md:flex-wrap max-md:gap-1 max-md:py-2">
          <th scope="row" className="py-0.5 pl-4 text-left font-normal max-md:w-full">
            <Operation route={route} />
          </th>
          {COLUMNS.map((wrong) => {
            const cell = byPlace.get(`${route} ${wrong}`)
            return (
              <Td
                key={wrong}
                className={clsx('py-0.5 max-md:px-1 max-md:first-of-type:pl-4', !cell && 'max-md:hidden')}
              >
                {cell ? <CellLink cell={cell} standing={standing} /> : <Blank />}
              </Td>
            )
          })}
        </tr>
      ))}
    </Table>
  )
}

function Operation({ route }: { route: string }) {
  const [method, path] = route.split(' ')
  return (
    <code className="font-mono text-xs">
      <span className="inline-block w-14 font-semibold">{method}</span>
      {path}
    </code>
  )
}

const Blank = () => (
  <span className="text-xs text-muted">
    <span aria-hidden="true">·</span>
    <span className="sr-only">cannot be wrong</span>
  </span>
)

function CellLink({ cell, standing }: { cell: Cell; standing: Standing }) {
  const { slug, route, wrong, verdict } = cell
  const word = verdict ? (verdict.held ? REFUSERS[verdict.refuser].cell : 'Look') : 'Fire'
  return (
    <Link
      href={`/lab/${slug}?walls=${standing}`}
      prefetch={false}
      className="inline-flex min-h-6 items-center gap-1.5 rounded-md max-md:min-h-11"
    >
      <span className="sr-only">{route}, </span>
      <span className="text-xs text-muted md:sr-only">{WRONGS[wrong].label}</span>
      <Badge tone={verdict ? (verdict.held ? 'ok' : 'fail') : 'neutral'}>{word}</Badge>
      {verdict ? <span className="font-mono text-xs text-muted">{verdict.status}</span> : null}
    </Link>
  )
}
