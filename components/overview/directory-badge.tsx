import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CirclePause from 'lucide-react/icons/circle-pause'
import CircleX from 'lucide-react/icons/circle-x'
import Clock from 'lucide-react/icons/clock'
import Hourglass from 'lucide-react/icons/hourglass'
import Unplug from 'lucide-react/icons/unplug'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import type { Overview } from '@/lib/events/overview'

const looks = {
  'Not connected': { Icon: Unplug, colour: 'text-skip' },
  Waiting: { Icon: Hourglass, colour: 'text-warn' },
  Pending: { Icon: Clock, colour: 'text-warn' },
  Healthy: { Icon: CircleCheck, colour: 'text-ok' },
  Failing: { Icon: CircleX, colour: 'text-fail' },
  Paused: { Icon: CirclePause, colour: 'text-warn' },
}

/** How the directory is, in a word, since when, and why. */
export function DirectoryBadge({ directory }: { directory: Overview['directory'] }) {
  const { Icon, colour } = looks[directory.state]
  return (
    <Card
      title="Directory"
      note={
        directory.lastRequestAt ? (
          <>
            last request <Time at={directory.lastRequestAt.toISOString()} />
          </>
        ) : (
          'no request yet'
        )
      }
    >
      <div className="flex items-center gap-3 px-4 py-3">
        <Icon size={22} aria-hidden="true" className={clsx('shrink-0', colour)} />
        <div>
          <p className={clsx('text-lg font-semibold', colour)}>{directory.state}</p>
          <p className="text-sm text-muted">{directory.why}</p>
        </div>
      </div>
    </Card>
  )
}
