'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Message, MessagePage } from './message-page'
import { WhoLine } from './who'

const AGAIN_MS = 2000

type Props = {
  error: Error & { digest?: string }
  retry: () => void
  /** Inside a page that has its frame. */
  framed?: boolean
}

/** What went wrong, as far as it can be known: the database is away, or something of ours broke. */
export function Problem({ error, retry, framed = false }: Props) {
  const Page = framed ? Message : MessagePage
  const away = useHealth(retry)
  const what = away === 'database' ? 'Rollcall cannot reach its database' : 'Rollcall cannot be reached'
  const again = (
    <Button look="primary" onClick={retry}>
      Try again
    </Button>
  )
  if (away) {
    return (
      <Page title={what} actions={again}>
        <p role="status">
          Try again in a moment. Nothing was lost: what was not saved was not answered as saved. This page goes on by
          itself as soon as it is back.
        </p>
      </Page>
    )
  }
  return (
    <Page title="Something broke on our side" actions={again}>
      <WhoLine />
      <p>The page could not be made. Trying again often helps; if it does not, tell whoever runs this Rollcall.</p>
      {error.digest ? <p className="font-mono text-xs">Reference {error.digest}</p> : null}
    </Page>
  )
}

type Away = 'database' | 'app' | null

/** What is away, by the health check; calls `recovered` when it is back. */
function useHealth(recovered: () => void): Away {
  const [away, setAway] = useState<Away>(null)
  useEffect(() => {
    let wasAway = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const check = async () => {
      const found = await whatIsAway()
      if (!found && wasAway) return recovered()
      wasAway = found !== null
      setAway(found)
      if (found) timer = setTimeout(check, AGAIN_MS)
    }
    void check()
    return () => clearTimeout(timer)
  }, [recovered])
  return away
}

const whatIsAway = (): Promise<Away> =>
  fetch('/api/health', { cache: 'no-store' }).then(
    (response) => (response.status === 503 ? 'database' : null),
    () => 'app',
  )
