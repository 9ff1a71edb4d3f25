import { json } from '@/lib/auth/respond'
import { refuseDemo } from '@/lib/demo/door'
import { lastPlay } from '@/lib/demo/year-play'

/** The year just played, as JSON to keep: lib/lens/recorded-year.json is one. */
export async function GET(req: Request): Promise<Response> {
  const refused = refuseDemo(req)
  if (refused) return refused
  const { run } = lastPlay()
  if (!run) return json(409, { error: 'No year was played yet. Press Play the year at /demo/lens.' })
  return json(200, run, { 'content-disposition': 'attachment; filename="recorded-year.json"' })
}
