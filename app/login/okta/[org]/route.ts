import type { NextRequest } from 'next/server'
import { tooManySignIns } from '@/lib/auth/busy'
import { json, route } from '@/lib/auth/respond'
import { beginSignIn } from '@/lib/auth/sign-in'

type Context = { params: Promise<{ org: string }> }

/** The Okta tile (initiate_login_uri): begins the sign-in at once, when `iss` is exactly the org's issuer. */
export async function GET(req: NextRequest, { params }: Context): Promise<Response> {
  const { org } = await params
  const query = req.nextUrl.searchParams
  const issuer = query.get('iss')
  if (!issuer) return json(400, { error: 'This address is opened by an Okta tile and needs its iss parameter.' })
  const busy = await tooManySignIns(req)
  if (busy) return busy
  return route(async () => {
    const answer = await beginSignIn(req, org, { issuer, loginHint: query.get('login_hint') })
    return answer ?? json(404, { error: 'Nothing is here.' })
  }, 'text')
}
