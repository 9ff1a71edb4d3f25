import { absoluteTime } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import type { Denial } from '@/lib/auth/denied'

/** Why somebody is not let in: what happened and when, what to do, and the reference an admin can look up. */
export function DenialText({ denial: { text, todo, at, ref } }: { denial: Denial }) {
  return (
    <>
      <p className="text-text">{text}</p>
      {at ? (
        <p className="text-sm">
          {absoluteTime(new Date(at))} (<Time at={at} />)
        </p>
      ) : null}
      <p>{todo}</p>
      {ref ? (
        <p className="text-sm">
          Reference <code className="break-all">{ref}</code>
        </p>
      ) : null}
    </>
  )
}
