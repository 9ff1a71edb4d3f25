import clsx from 'clsx'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import ShieldBan from 'lucide-react/icons/shield-ban'
import type { Outcome } from '@/lib/events/types'

const looks = {
  success: { Icon: CircleCheck, word: 'Success', colour: 'text-ok' },
  failed: { Icon: CircleX, word: 'Failed', colour: 'text-fail' },
  blocked: { Icon: ShieldBan, word: 'Blocked', colour: 'text-warn' },
  skipped: { Icon: CircleDashed, word: 'Skipped', colour: 'text-skip' },
} satisfies Record<Outcome, unknown>

/** How it ended: icon, word and colour. */
export function OutcomeWord({ outcome, className }: { outcome: Outcome; className?: string }) {
  const { Icon, word, colour } = looks[outcome]
  return (
    <span className={clsx('inline-flex h-5 items-center gap-1.5 text-xs font-medium', colour, className)}>
      <Icon size={15} aria-hidden="true" className="shrink-0" />
      {word}
    </span>
  )
}
