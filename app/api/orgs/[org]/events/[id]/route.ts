import { requireJson } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { inspect } from '@/lib/events/inspect'

type Context = { params: Promise<{ org: string; id: string }> }

/** `{ event, conversation }` by id or `evt_…`. For admins of the org; another org's event is a 404 like any other. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { org, id } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const found = await inspect(door.viewer.orgId, id)
    return found ? json(200, found) : json(404, { error: 'There is no such event in this organization.' })
  })
}
