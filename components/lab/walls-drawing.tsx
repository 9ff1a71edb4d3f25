import clsx from 'clsx'
import ArrowRight from 'lucide-react/icons/arrow-right'
import type { Standing } from '@/lib/lab/standing'
import { WALLS } from '@/lib/lab/words'
import { Bricks } from './bricks'

type Props = {
  standing: Standing
  /** The wall that stopped a request; null where there was nothing to stop. */
  stoppedBy?: 1 | 2 | 3 | null
}

/** The way from Porter's key to White Rabbit's rows, and what stands in it. */
export function WallsDrawing({ standing, stoppedBy = null }: Props) {
  return (
    <div className="my-4 flex items-stretch gap-2 max-lg:flex-col">
      <End name="Porter" what="its key, any request" />
      <ol aria-label="The three walls, in the order a request meets them" className="flex flex-1 gap-2 max-lg:flex-col">
        {WALLS.map(({ wall, name, sentence, where }) => {
          const up = wall > 3 - standing
          const stopped = stoppedBy === wall
          return (
            <li key={wall} className="flex flex-1 items-center gap-2">
              <ArrowRight
                size={18}
                aria-hidden="true"
                className={clsx(
                  'shrink-0 max-lg:rotate-90',
                  stoppedBy !== null && wall > stoppedBy ? 'text-control opacity-40' : 'text-fail',
                )}
              />
              <div
                className={clsx(
                  'flex h-full flex-1 items-center gap-3 rounded-card border bg-surface px-3 py-2',
                  up ? 'border-border' : 'border-dashed border-control',
                  stopped && 'border-ok outline-2 outline-ok',
                )}
              >
                <Bricks up={up} stopped={stopped} />
                <div className="min-w-0">
                  <p className="font-medium">
                    {wall} · {name}
                    {up ? null : <span className="ml-2 text-xs text-warn">taken down for this request</span>}
                    {stopped ? <span className="ml-2 text-xs text-ok">stopped here</span> : null}
                  </p>
                  <p className="text-sm text-muted">{sentence}</p>
                  <p className="font-mono text-xs text-muted">{where}</p>
                </div>
              </div>
            </li>
          )
        })}
      </ol>
      <div className="flex items-stretch gap-2">
        <ArrowRight
          size={18}
          aria-hidden="true"
          className={clsx('shrink-0 self-center text-control max-lg:rotate-90', stoppedBy !== null && 'opacity-40')}
        />
        <End name="White Rabbit" what="its people and groups" />
      </div>
    </div>
  )
}

function End({ name, what }: { name: string; what: string }) {
  return (
    <div className="flex shrink-0 flex-col justify-center rounded-card bg-raised px-3 py-2 max-lg:flex-1">
      <p className="font-medium">{name}</p>
      <p className="text-xs text-muted">{what}</p>
    </div>
  )
}
