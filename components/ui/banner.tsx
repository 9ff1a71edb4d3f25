import clsx from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'

const looks = {
  info: { Icon: Info, word: 'Note', colour: 'border-accent bg-accent-soft', mark: 'text-accent' },
  warn: { Icon: TriangleAlert, word: 'Attention', colour: 'border-warn bg-warn-soft', mark: 'text-warn' },
  fail: { Icon: CircleAlert, word: 'Problem', colour: 'border-fail bg-fail-soft', mark: 'text-fail' },
}

type Props = { tone: keyof typeof looks; title: ReactNode; children?: ReactNode; action?: ReactNode }

/** Something that wants to be known before the rest of the page: what, why, what to do. */
export function Banner({ tone, title, children, action }: Props) {
  const { Icon, word, colour, mark } = looks[tone]
  return (
    <div className={clsx('flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border-l-3 px-4 py-2.5', colour)}>
      <Icon size={16} aria-hidden="true" className={clsx('shrink-0 self-start mt-0.5', mark)} />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">
          <span className="sr-only">{word}: </span>
          {title}
        </p>
        {children ? <p className="text-sm">{children}</p> : null}
      </div>
      {action}
    </div>
  )
}
