import { route } from '@/lib/auth/respond'
import { universalLogout } from '@/lib/auth/universal-logout'

type Context = { params: Promise<{ org: string }> }

/** Okta's Universal Logout. Authorised by a JWT of the org's issuer, never by a cookie. */
export async function POST(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(() => universalLogout(req, org))
}
