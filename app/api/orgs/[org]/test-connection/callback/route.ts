import { requireJson } from '@/lib/auth/authorize'
import { route } from '@/lib/auth/respond'
import { finishConnectionTest } from '@/lib/auth/test-connection'

type Context = { params: Promise<{ org: string }> }

/** Okta's redirect back from a test; an address to register in Okta beside the sign-in's. For the admin who began it. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    return 'response' in door ? door.response : finishConnectionTest(req, door.viewer)
  }, 'text')
}
