const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const steps: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [minute, 1000, 'second'],
  [hour, minute, 'minute'],
  [day, hour, 'hour'],
  [30 * day, day, 'day'],
  [365 * day, 30 * day, 'month'],
  [Number.POSITIVE_INFINITY, 365 * day, 'year'],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** "just now", "12 sec. ago", "yesterday": how far a moment is from `now`. */
export function relativeTime(at: Date, now: number): string {
  const ms = at.getTime() - now
  const distance = Math.abs(ms)
  if (distance < 5000) return 'just now'
  const step = steps.find(([limit]) => distance < limit)
  return step ? relative.format(Math.trunc(ms / step[1]), step[2]) : ''
}

/** "2026-10-01 10:42:07 UTC", the same on every machine. */
export function absoluteTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** A day such as 2026-10-01 in words: "Thu, 1 Oct". The year only when it is another one. */
export function dayText(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...year,
  })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/** Up to two initials of a name, whatever its script. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** "1 session", "2 sessions", "1,204 people". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
}

/** "Chrome on macOS": enough of a User-Agent to know one's own machine. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  // Every browser also names the ones it wants to be taken for; its own name is the rarest.
  const browser = ['Edg', 'OPR', 'Firefox', 'HeadlessChrome', 'Chrome', 'Safari', 'curl'].find((name) =>
    userAgent.includes(`${name}/`),
  )
  const system = /(iPhone|iPad|Android|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', HeadlessChrome: 'Chrome', 'Mac OS X': 'macOS' }
  const named = [browser, system].map((name) => (name ? (names[name] ?? name) : undefined))
  return named[0] && named[1] ? `${named[0]} on ${named[1]}` : (named[0] ?? named[1] ?? userAgent.slice(0, 40))
}

const COUNTED_TO = 10_000

/** A count that is exact to 10,000: "1,204", then "10,000+". */
export const upTo = (n: number): string => (n > COUNTED_TO ? '10,000+' : n.toLocaleString('en-US'))
