/** The sign of Rollcall: a page of a register, one name ticked. */
export function Mark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M8 6v20" strokeWidth="1.6" strokeLinecap="round" className="stroke-margin" />
      <g fill="none" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent-text">
        <path d="M12.5 9.5H24M12.5 24H18" strokeWidth="2.4" opacity=".7" />
        <path d="M12.5 16.8l3.4 3.4L25 12.6" strokeWidth="3" />
      </g>
    </svg>
  )
}

/** Mark and name, side by side. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <Mark />
      Rollcall
    </span>
  )
}
