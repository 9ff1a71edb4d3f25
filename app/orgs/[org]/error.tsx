'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useCallback } from 'react'
import { Problem } from '@/components/shell/problem'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** A page of the org that broke; the navigation around it still works. */
export default function OrgErrorPage({ error, reset }: Props) {
  const router = useRouter()
  const retry = useCallback(() => {
    startTransition(() => {
      router.refresh()
      reset()
    })
  }, [router, reset])
  return <Problem error={error} retry={retry} framed />
}
