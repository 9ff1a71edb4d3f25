import { tooManySignIns } from '@/lib/auth/busy'
import { setCookie } from '@/lib/auth/cookies'
import { foreignOrigin, isOwnRequest } from '@/lib/auth/origin'
import { ipOf } from '@/lib/auth/request'
import { route, seeOther } from '@/lib/auth/respond'
import { redeemSetupLink, VISIT_SECONDS } from '@/lib/auth/setup-link'

type Context = { params: Promise<{ token: string }> }

/** Uses a setup link up and opens its visit. A POST, so that a link preview does not burn it. */
export async function POST(req: Request, { params }: Context): Promise<Response> {
  if (!isOwnRequest(req.headers)) return foreignOrigin()
  const busy = await tooManySignIns(req)
  if (busy) return busy
  const { token } = await params
  return route(async () => {
    const opened = await redeemSetupLink(token, ipOf(req))
    if (!opened) return seeOther('/setup/used')
    const cookie = setCookie(opened.slug, 'setup', opened.visit, VISIT_SECONDS)
    return seeOther(`/orgs/${opened.slug}/admin/setup`, [cookie])
  }, 'text')
}
