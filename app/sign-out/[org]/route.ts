import { foreignOrigin, isOwnRequest } from '@/lib/auth/origin'
import { json, route } from '@/lib/auth/respond'
import { signOut } from '@/lib/auth/sign-out'
import { isSlug } from '@/lib/auth/slug'

type Context = { params: Promise<{ org: string }> }

/** Ends the session here and at Okta, then comes back to the org's sign-in page. */
export async function POST(req: Request, { params }: Context): Promise<Response> {
  if (!isOwnRequest(req.headers)) return foreignOrigin()
  const { org } = await params
  if (!isSlug(org)) return json(404, { error: 'Nothing is here.' })
  return route(() => signOut(req, org), 'text')
}
