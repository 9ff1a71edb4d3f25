import type { NextRequest } from 'next/server'
import { json, route } from '@/lib/auth/respond'
import { beginSignIn } from '@/lib/auth/sign-in'
import { refuseDemo } from '@/lib/demo/door'

type Context = { params: Promise<{ org: string }> }

/**
 * A link that opens a tab as somebody: `?login=…&from=/orgs/…`. The company's Okta asks anew, with the name filled in,
 * whoever it remembers; the session it gives replaces the one this browser holds there.
 */
export async function GET(req: NextRequest, { params }: Context): Promise<Response> {
  const refused = refuseDemo(req)
  if (refused) return refused
  const { org } = await params
  const query = req.nextUrl.searchParams
  return route(async () => {
    const start = { from: query.get('from'), loginHint: query.get('login'), anew: true }
    return (await beginSignIn(req, org, start)) ?? json(404, { error: 'Nothing is here.' })
  }, 'text')
}
