import { requireJson } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { listGroups } from '@/lib/directory/list-groups'
import { listUsers } from '@/lib/directory/list-users'

const MAX_FOUND = 6
const MAX_QUERY = 100

type Context = { params: Promise<{ org: string }> }

/**
 * People and groups by name for the command palette, six of each at most: `?q=` → `{ people: [{ id, displayName, userName,
 * active }], groups: [{ id, displayName, members, role }] }`.
 */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const q = (new URL(req.url).searchParams.get('q') ?? '').trim().slice(0, MAX_QUERY)
    if (!q) return json(200, { people: [], groups: [] })
    const { orgId } = door.viewer
    const [{ users }, { groups }] = await Promise.all([
      listUsers(orgId, { tab: 'all', q, limit: MAX_FOUND }),
      listGroups(orgId, { q, limit: MAX_FOUND }),
    ])
    return json(200, {
      people: users.map(({ id, displayName, userName, active }) => ({ id, displayName, userName, active })),
      groups: groups.map(({ id, displayName, members, mapping }) => {
        return { id, displayName, members, role: mapping?.role ?? null }
      }),
    })
  })
}
