import { requireJson } from '@/lib/auth/authorize'
import { orUnavailable } from '@/lib/events/away'
import { parseFilter } from '@/lib/events/filter'
import { listEvents } from '@/lib/events/query'

type Context = { params: Promise<{ org: string }> }

/** `{ events, next? }`, newest first; give `next` as `before` for the page that follows. For admins of the org. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return orUnavailable(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const parsed = parseFilter(new URL(req.url).searchParams)
    if ('error' in parsed) return Response.json({ error: parsed.error }, { status: 400, headers })
    return Response.json(await listEvents(door.viewer.orgId, parsed.filter), { headers })
  })
}

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
