import type { NextRequest } from 'next/server'
import { authorize, signInPath } from '@/lib/auth/authorize'
import { route, seeOther } from '@/lib/auth/respond'
import { beginStepUp } from '@/lib/auth/step-up-flow'

type Context = { params: Promise<{ org: string }> }

/** "Confirm with Okta": a plain link with `to`, the page of the org to come back to. */
export async function GET(req: NextRequest, { params }: Context): Promise<Response> {
  const { org } = await params
  const to = req.nextUrl.searchParams.get('to')
  return route(async () => {
    const door = await authorize(org, 'member')
    return door.kind === 'ok' ? beginStepUp(req, door.viewer, to) : seeOther(signInPath(org, to ?? undefined))
  }, 'text')
}
