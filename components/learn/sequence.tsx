import clsx from 'clsx'

export type Message<A extends string> = {
  from: A
  to: A
  says: string
  tone?: 'ok' | 'fail' | 'muted'
}

type Props<A extends string> = { label: string; actors: readonly A[]; messages: readonly Message<A>[] }

/** Each actor is two columns wide, so that an arrow can start in the middle of one and end in the middle of another. */
const columns: Record<number, string> = { 2: 'grid-cols-4', 3: 'grid-cols-6' }
const starts = ['col-start-2', 'col-start-4', 'col-start-6']
const ends = ['col-end-2', 'col-end-4', 'col-end-6']

const tones = { ok: 'text-ok', fail: 'text-fail', muted: 'text-muted', plain: 'text-accent' }

/** Who says what to whom, in order: drawn as arrows between columns, read aloud as a list of sentences. */
export function Sequence<A extends string>({ label, actors, messages }: Props<A>) {
  const grid = clsx('grid', columns[actors.length])
  return (
    <figure className="rounded-md border border-border bg-canvas px-2 py-3 print:break-inside-avoid sm:px-4">
      <figcaption className="sr-only">{label}</figcaption>
      <div aria-hidden="true" className={grid}>
        {actors.map((actor) => (
          <span key={actor} className="col-span-2 text-center text-xs font-semibold">
            {actor}
          </span>
        ))}
      </div>
      <ol className="mt-1">
        {messages.map((message) => (
          <Arrow key={message.says} grid={grid} actors={actors} message={message} />
        ))}
      </ol>
    </figure>
  )
}

type ArrowProps<A extends string> = { grid: string; actors: readonly A[]; message: Message<A> }

function Arrow<A extends string>({ grid, actors, message: { from, to, says, tone } }: ArrowProps<A>) {
  const [a, b] = [actors.indexOf(from), actors.indexOf(to)]
  const colour = tones[tone ?? 'plain']
  return (
    <li className={clsx(grid, 'relative py-1')}>
      <span aria-hidden="true" className={clsx(grid, 'absolute inset-0 [grid-column:1/-1]')}>
        {actors.map((actor) => (
          <span key={actor} className="col-span-2 mx-auto w-px bg-border" />
        ))}
      </span>
      <span
        className={clsx(
          'relative min-w-0 text-center',
          a === b ? 'col-span-full' : [starts[Math.min(a, b)], ends[Math.max(a, b)]],
        )}
      >
        <span className="sr-only">{a === b ? `${from}: ` : `${from} to ${to}: `}</span>
        <span className="inline-block bg-canvas px-1 text-xs leading-4">{says}</span>
        {a === b ? null : (
          <span aria-hidden="true" className={clsx('flex items-center', colour, a > b && 'rotate-180')}>
            <span className={clsx('h-px flex-1 bg-current', tone === 'muted' && 'opacity-60')} />
            <svg viewBox="0 0 8 8" aria-hidden="true" className="-ml-1 size-2">
              <path d="M1 0.5 7 4 1 7.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
            </svg>
          </span>
        )}
      </span>
    </li>
  )
}
