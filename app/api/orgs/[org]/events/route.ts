import { requireJson } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { parseFilter } from '@/lib/events/filter'
import { listEvents } from '@/lib/events/query'

type Context = { params: Promise<{ org: string }> }

/** `{ events, next? }`, newest first; give `next` as `before` for the page that follows. For admins of the org. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const parsed = parseFilter(new URL(req.url).searchParams)
    if ('error' in parsed) return json(400, parsed)
    return json(200, await listEvents(door.viewer.orgId, parsed.filter))
  })
}
