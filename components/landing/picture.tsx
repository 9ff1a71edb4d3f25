import clsx from 'clsx'
import DoorOpen from 'lucide-react/icons/door-open'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import type { ReactNode } from 'react'

/** How it works: two companies, two ways each, one database that keeps them apart. */
export function Picture() {
  return (
    <figure className="rounded-card border border-border bg-surface p-4 shadow-card sm:p-6">
      <div className="grid gap-6 md:grid-cols-[9rem_minmax(0,1fr)_15rem] md:items-center">
        <div className="grid grid-cols-2 gap-3 md:grid-cols-1 md:gap-6">
          <Box title="Porter’s Okta">porter.example</Box>
          <Box title="White Rabbit’s Okta">whiterabbit.example</Box>
        </div>
        <ul className="grid gap-3">
          <Way
            icon={<RefreshCw size={16} aria-hidden="true" />}
            name="SCIM"
            colour="text-accent"
            says="“John works here now.” “John is a manager.” “John left.”"
            when="Okta calls Rollcall, at every change, with the company’s own token."
          />
          <Way
            icon={<DoorOpen size={16} aria-hidden="true" />}
            name="OIDC"
            colour="text-ok"
            says="“The person at the door is John.”"
            when="The browser brings Okta’s word, each time somebody signs in."
          />
        </ul>
        <div className="rounded-md border border-border">
          <p className="border-b border-border px-3 py-2 font-semibold">Rollcall</p>
          <div className="grid gap-2 p-3">
            <Box title="Porter">people, tasks, events</Box>
            <p className="text-center text-xs text-muted">row-level security</p>
            <Box title="White Rabbit">people, tasks, events</Box>
          </div>
        </div>
      </div>
      <figcaption className="mt-5 border-t border-border pt-3 text-muted">
        The token decides the company; the address has to agree; the database shows each transaction the rows of one
        company only. Every change leaves one line in that company’s log, in the same commit.
      </figcaption>
    </figure>
  )
}

function Box({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-md border border-border bg-canvas px-3 py-2 max-sm:px-2">
      <p className="font-medium">{title}</p>
      <p className="text-xs text-muted">{children}</p>
    </div>
  )
}

type WayProps = { icon: ReactNode; name: string; colour: string; says: string; when: string }

function Way({ icon, name, colour, says, when }: WayProps) {
  return (
    <li className="relative md:px-2">
      <p className={clsx('flex items-center gap-2 font-semibold', colour)}>
        {icon}
        {name}
      </p>
      <svg
        viewBox="0 0 400 10"
        preserveAspectRatio="none"
        aria-hidden="true"
        className={clsx('my-1 h-2.5 w-full', colour)}
      >
        <g fill="none" stroke="currentColor" strokeWidth="1.5">
          <path d="M0 5H396" strokeDasharray={name === 'OIDC' ? '5 4' : undefined} vectorEffect="non-scaling-stroke" />
          <path d="M390 1l6 4-6 4" vectorEffect="non-scaling-stroke" />
        </g>
      </svg>
      <p>{says}</p>
      <p className="text-xs text-muted">{when}</p>
    </li>
  )
}
