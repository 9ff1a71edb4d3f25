import { tooManySignIns } from '@/lib/auth/busy'
import { foreignOrigin, isOwnRequest } from '@/lib/auth/origin'
import { route, seeOther } from '@/lib/auth/respond'
import { beginSignIn } from '@/lib/auth/sign-in'

type Context = { params: Promise<{ org: string }> }

/** Begins the sign-in at the org's Okta: a plain form with `from` (where to go afterwards) and `login_hint`. */
export async function POST(req: Request, { params }: Context): Promise<Response> {
  if (!isOwnRequest(req.headers)) return foreignOrigin()
  const busy = await tooManySignIns(req)
  if (busy) return busy
  const { org } = await params
  return route(async () => {
    const form = await req.formData().catch(() => new FormData())
    const text = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : null
    }
    const answer = await beginSignIn(req, org, { from: text('from'), loginHint: text('login_hint') })
    return answer ?? seeOther(`/sign-in/${encodeURIComponent(org)}`)
  }, 'text')
}
