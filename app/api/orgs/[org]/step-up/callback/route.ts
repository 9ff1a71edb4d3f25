import { authorize, signInPath } from '@/lib/auth/authorize'
import { route, seeOther } from '@/lib/auth/respond'
import { finishStepUp } from '@/lib/auth/step-up-flow'

type Context = { params: Promise<{ org: string }> }

/** Okta's redirect back after a confirmation; an address to register in Okta beside the sign-in's. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await authorize(org, 'member')
    return door.kind === 'ok' ? finishStepUp(req, door.viewer) : seeOther(signInPath(org))
  }, 'text')
}
