import { requireJson } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { listUsers } from '@/lib/directory/list-users'

const MAX_PEOPLE = 6
const MAX_QUERY = 100

type Context = { params: Promise<{ org: string }> }

/** People by name for the command palette: `?q=` → `{ people: [{ id, displayName, userName, active }] }`, six at most. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const q = (new URL(req.url).searchParams.get('q') ?? '').trim().slice(0, MAX_QUERY)
    const { users } = q ? await listUsers(door.viewer.orgId, { tab: 'all', q, limit: MAX_PEOPLE }) : { users: [] }
    return json(200, {
      people: users.map(({ id, displayName, userName, active }) => ({ id, displayName, userName, active })),
    })
  })
}
