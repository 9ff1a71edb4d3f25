import { requireJson } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { getPerson } from '@/lib/directory/person'

type Context = { params: Promise<{ org: string; id: string }> }

/** One person as the admin pages show them: profile, who set what, groups, role and why. For admins of the org. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { org, id } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const person = await getPerson(door.viewer.orgId, id)
    return person ? json(200, person) : json(404, { error: 'No such person in this organization.' })
  })
}
