import clsx from 'clsx'
import { initials } from './format'

const tints = ['bg-tint-1', 'bg-tint-2', 'bg-tint-3', 'bg-tint-4']

const tintOf = (name: string) => tints[[...name].reduce((sum, c) => sum + (c.codePointAt(0) ?? 0), 0) % tints.length]

/** Initials on a tint of their own; the name is beside it, so it is silent. */
export function Avatar({ name, className = 'size-7 text-xs' }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('inline-grid shrink-0 place-items-center rounded-full font-semibold', tintOf(name), className)}
    >
      {initials(name)}
    </span>
  )
}
