import clsx from 'clsx'

const COURSES = 5
const WIDTH = 24
const HEIGHT = 10

/** One wall, drawn: five courses of bricks, or its lowest one where it was taken down. Says nothing to a screen reader. */
export function Bricks({ up, stopped }: { up: boolean; stopped: boolean }) {
  const courses = Array.from({ length: COURSES }, (_, y) => y).filter((y) => up || y === COURSES - 1)
  return (
    <svg
      viewBox={`0 0 ${WIDTH * 2} ${HEIGHT * COURSES}`}
      aria-hidden="true"
      className={clsx('h-14 w-14 shrink-0', stopped ? 'text-ok' : up ? 'text-accent' : 'text-control')}
    >
      {courses.flatMap((y) =>
        bricksOf(y).map(([x, width]) => (
          <rect
            key={`${x} ${y}`}
            x={x + 0.75}
            y={y * HEIGHT + 0.75}
            width={width - 1.5}
            height={HEIGHT - 1.5}
            rx={1}
            fill="currentColor"
            fillOpacity={up ? 0.22 : 0}
            stroke="currentColor"
            strokeDasharray={up ? undefined : '3 2'}
          />
        )),
      )}
    </svg>
  )
}

const bricksOf = (y: number): [x: number, width: number][] =>
  y % 2 === 0
    ? [
        [0, WIDTH],
        [WIDTH, WIDTH],
      ]
    : [
        [0, WIDTH / 2],
        [WIDTH / 2, WIDTH],
        [WIDTH * 1.5, WIDTH / 2],
      ]
