'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useCallback } from 'react'
import { Problem } from './problem'

export type ErrorProps = { error: Error & { digest?: string }; reset: () => void }

/** A page that broke inside a frame that still works: trying again asks the server anew. */
export function PageProblem({ error, reset, framed }: ErrorProps & { framed?: boolean }) {
  const router = useRouter()
  const retry = useCallback(() => {
    startTransition(() => {
      router.refresh()
      reset()
    })
  }, [router, reset])
  return <Problem error={error} retry={retry} framed={framed ?? false} />
}
