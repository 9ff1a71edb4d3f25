import { json } from '@/lib/auth/respond'
import { refuseDemo } from '@/lib/demo/door'
import { recordRun } from '@/lib/demo/recording'

/** The run just told, as JSON to keep: lib/demo/recorded-run.json is one. */
export async function GET(req: Request): Promise<Response> {
  const refused = refuseDemo(req)
  if (refused) return refused
  const run = recordRun()
  if (!run) return json(409, { error: 'No run to record yet: tell the story to its end, each step green.' })
  return json(200, run, { 'content-disposition': 'attachment; filename="recorded-run.json"' })
}
