import { type ComponentProps, type ReactNode, useId } from 'react'

type Props = Omit<ComponentProps<'input'>, 'type' | 'className'> & { label: ReactNode; hint?: ReactNode }

const row = 'grid grid-cols-[auto_1fr] items-start gap-x-2.5 max-sm:min-h-11 max-sm:content-center'

/** A box to tick, its label, and a line about what it does. */
export function Checkbox({ label, hint, ...rest }: Props) {
  const id = useId()
  return (
    <div className={row}>
      <input type="checkbox" className="mt-0.5 size-4" {...rest} {...wiring(id, hint)} />
      <Words id={id} label={label} hint={hint} />
    </div>
  )
}

/** On or off, at once or with the form it is in. A tick box that looks and reads as a switch. */
export function Switch({ label, hint, ...rest }: Props) {
  const id = useId()
  return (
    <div className={row}>
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state (ARIA in HTML, role switch) */}
      <input type="checkbox" role="switch" className="switch" {...rest} {...wiring(id, hint)} />
      <Words id={id} label={label} hint={hint} />
    </div>
  )
}

const wiring = (id: string, hint: ReactNode) => (hint ? { id, 'aria-describedby': `${id}-hint` } : { id })

function Words({ id, label, hint }: { id: string; label: ReactNode; hint: ReactNode }) {
  return (
    <span className="min-w-0">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint ? (
        <span id={`${id}-hint`} className="block text-xs text-muted">
          {hint}
        </span>
      ) : null}
    </span>
  )
}
