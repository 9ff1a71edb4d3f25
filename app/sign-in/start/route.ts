import { tooManySignIns } from '@/lib/auth/busy'
import { foreignOrigin, isOwnRequest } from '@/lib/auth/origin'
import { route, seeOther } from '@/lib/auth/respond'
import { orgOfAddress } from '@/lib/auth/route-by-email'
import { beginSignIn } from '@/lib/auth/sign-in'

/** Takes the work e-mail and goes on to that company's Okta; every other address gets the same sentence. */
export async function POST(req: Request): Promise<Response> {
  if (!isOwnRequest(req.headers)) return foreignOrigin()
  const busy = await tooManySignIns(req)
  if (busy) return busy
  return route(async () => {
    const email = (await req.formData()).get('email')
    const address = typeof email === 'string' ? email : ''
    const slug = await orgOfAddress(address)
    const answer = slug ? await beginSignIn(req, slug, { loginHint: address }) : null
    return answer ?? seeOther('/sign-in?unknown=1')
  }, 'text')
}
