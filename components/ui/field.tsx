import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

const box =
  'min-h-9 w-full rounded-md border border-control bg-surface px-2.5 placeholder:text-muted max-sm:min-h-11 max-sm:text-lg aria-invalid:border-fail'

type Shared = {
  label: string
  hideLabel?: boolean | undefined
  error?: string | undefined
  className?: string | undefined
}

function Frame({ id, label, hideLabel, error, className, children }: Shared & { id: string; children: ReactNode }) {
  return (
    <div className={clsx('grid content-start gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-xs font-medium text-muted'}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-fail">
          {error}
        </p>
      ) : null}
    </div>
  )
}

const wiring = (id: string, error: string | undefined) =>
  error ? { id, 'aria-invalid': true, 'aria-describedby': `${id}-error` } : { id }

/** Label, input and its error, wired together. */
export function Input({
  label,
  hideLabel,
  error,
  className,
  ...rest
}: Shared & Omit<ComponentProps<'input'>, 'className'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hideLabel={hideLabel} error={error} className={className}>
      <input className={box} {...rest} {...wiring(id, error)} />
    </Frame>
  )
}

/** Label and the browser's own select. */
export function Select({
  label,
  hideLabel,
  error,
  className,
  ...rest
}: Shared & Omit<ComponentProps<'select'>, 'className'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hideLabel={hideLabel} error={error} className={className}>
      <select className={box} {...rest} {...wiring(id, error)} />
    </Frame>
  )
}
