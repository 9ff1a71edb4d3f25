import { absoluteTime } from '@/components/ui/format'

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** A moment that may lie ahead, the same on every machine: "24 Nov 2027, 10:05 UTC". */
export function Moment({ at }: { at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={absoluteTime(date)}>
      {format.format(date)} UTC
    </time>
  )
}
