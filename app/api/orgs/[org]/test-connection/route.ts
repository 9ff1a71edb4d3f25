import { requirePost } from '@/lib/auth/authorize'
import { route } from '@/lib/auth/respond'
import { beginConnectionTest } from '@/lib/auth/test-connection'

type Context = { params: Promise<{ org: string }> }

/** "Test this connection": a plain form of the sign-in settings. For admins. */
export async function POST(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requirePost(req, org, 'admin')
    return 'response' in door ? door.response : beginConnectionTest(req, door.viewer)
  }, 'text')
}
