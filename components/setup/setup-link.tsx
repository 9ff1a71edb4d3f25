'use client'

import { type ReactNode, useActionState } from 'react'
import { Moment } from '@/components/settings/moment'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'

export type LinkState = { link?: string; done?: string } | null

type Props = {
  open: 'waiting' | 'used' | null
  /** ISO 8601: when the link, or what it opened, ends. */
  until: string | null
  confirmed: boolean
  action: (state: LinkState, form: FormData) => Promise<LinkState>
  children: ReactNode
}

/** Hands the setup to the company's IT person: a link that opens these pages and nothing else. */
export function SetupLink({ open, until, confirmed, action, children }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  return (
    <Card
      title="Hand it to somebody else"
      note={open === 'used' ? 'in use' : open ? 'waiting to be opened' : undefined}
    >
      <div className="grid gap-3 p-4">
        <p className="max-w-prose text-muted">
          A link for the company’s IT person opens these pages and nothing else. It works once, within three days, and
          then for four hours in that browser. Whoever is added by then waits for your review.
        </p>
        {state?.link ? (
          <p className="flex flex-wrap items-center gap-1 rounded-md bg-ok-soft px-3 py-2" role="status">
            <span className="basis-full font-medium">Copy it now: it is shown this once.</span>
            <code className="min-w-0 font-mono text-xs break-all select-all">{state.link}</code>
            <CopyButton text={state.link} label="Copy the setup link" />
          </p>
        ) : null}
        {open && until ? (
          <p>
            {open === 'used' ? 'It was opened and counts until ' : 'One is open until '}
            <Moment at={until} />.
          </p>
        ) : null}
        <form action={submit} className="flex flex-wrap items-center gap-2">
          <Button type="submit" name="do" value="create" disabled={pending || !confirmed}>
            {open ? 'Create another, ending this one' : 'Create setup link'}
          </Button>
          {open ? (
            <Button type="submit" name="do" value="end" disabled={pending}>
              End the link
            </Button>
          ) : null}
          <span role="status" className="text-ok">
            {state?.done ?? ''}
          </span>
        </form>
      </div>
      {children}
    </Card>
  )
}
