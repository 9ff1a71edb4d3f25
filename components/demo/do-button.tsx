'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '@/components/ui/button'

/** The button of a form whose work takes a moment. A second press while it is at work does nothing. */
export function DoButton({
  primary = false,
  mark,
  children,
}: {
  primary?: boolean
  mark?: string
  children: ReactNode
}) {
  const { pending } = useFormStatus()
  return (
    <Button
      type="submit"
      look={primary ? 'primary' : 'plain'}
      aria-disabled={pending}
      onClick={(click) => {
        if (pending) click.preventDefault()
      }}
    >
      <span data-key={mark}>{children}</span>
    </Button>
  )
}
