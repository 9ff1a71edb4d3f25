import { busyPage } from '@/lib/auth/busy'

/** The answer to a form that came too fast. The seconds in the address are only shown; they decide nothing. */
export function GET(req: Request): Response {
  const seconds = Number(new URL(req.url).searchParams.get('seconds'))
  return busyPage(req.headers, Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, 3600) : 60)
}
