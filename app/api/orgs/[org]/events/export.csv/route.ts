import { requireJson } from '@/lib/auth/authorize'
import { route } from '@/lib/auth/respond'
import { answerExport } from '../answer-export'

type Context = { params: Promise<{ org: string }> }

/** The events of the address's search, newest first. For admins of the org. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    return 'response' in door ? door.response : answerExport(req, door.viewer, 'csv')
  })
}
