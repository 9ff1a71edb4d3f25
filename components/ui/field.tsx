import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

const box =
  'min-h-9 w-full rounded-md border border-control bg-surface px-2.5 placeholder:text-muted disabled:bg-raised disabled:text-muted max-sm:min-h-11 max-sm:text-lg aria-invalid:border-fail'

const file = `${box} py-1 file:mr-3 file:h-full file:cursor-pointer file:rounded file:border file:border-border file:bg-raised file:px-2.5 file:text-sm file:font-medium`

type Shared = {
  label: string
  hideLabel?: boolean | undefined
  /** What belongs in it, under it. */
  hint?: ReactNode
  error?: string | undefined
  className?: string | undefined
}

function Frame({
  id,
  label,
  hideLabel,
  hint,
  error,
  className,
  children,
}: Shared & { id: string; children: ReactNode }) {
  return (
    <div className={clsx('grid content-start gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-xs font-medium text-muted'}>
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-fail">
          {error}
        </p>
      ) : null}
    </div>
  )
}

function wiring(id: string, { error, hint }: Pick<Shared, 'error' | 'hint'>) {
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return { id, ...(error ? { 'aria-invalid': true } : {}), ...(described ? { 'aria-describedby': described } : {}) }
}

/** Label, input, hint and error, wired together. */
export function Input({
  label,
  hideLabel,
  hint,
  error,
  className,
  ...rest
}: Shared & Omit<ComponentProps<'input'>, 'className'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <input className={rest.type === 'file' ? file : box} {...rest} {...wiring(id, { error, hint })} />
    </Frame>
  )
}

/** Label and the browser's own select. */
export function Select({
  label,
  hideLabel,
  hint,
  error,
  className,
  ...rest
}: Shared & Omit<ComponentProps<'select'>, 'className'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <select className={box} {...rest} {...wiring(id, { error, hint })} />
    </Frame>
  )
}
