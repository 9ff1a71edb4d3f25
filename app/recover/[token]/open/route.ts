import { tooManySignIns } from '@/lib/auth/busy'
import { setCookie } from '@/lib/auth/cookies'
import { SESSION_SECONDS } from '@/lib/auth/create-session'
import { foreignOrigin, isOwnRequest } from '@/lib/auth/origin'
import { redeemRecoveryLink } from '@/lib/auth/recovery'
import { forgetNote } from '@/lib/auth/refusal'
import { ipOf } from '@/lib/auth/request'
import { route, seeOther } from '@/lib/auth/respond'

type Context = { params: Promise<{ token: string }> }

/** Uses a recovery link up and opens its session. A POST, so that a link preview does not burn it. */
export async function POST(req: Request, { params }: Context): Promise<Response> {
  if (!isOwnRequest(req.headers)) return foreignOrigin()
  const busy = await tooManySignIns(req)
  if (busy) return busy
  const { token } = await params
  return route(async () => {
    const browser = { userAgent: req.headers.get('user-agent') ?? undefined, ip: ipOf(req) }
    const opened = await redeemRecoveryLink(token, browser)
    if (!opened) return seeOther('/recover/used')
    const { slug } = opened
    const cookie = setCookie(slug, 'session', opened.token, SESSION_SECONDS.recovery)
    return seeOther(`/orgs/${slug}/admin/${opened.isNew ? 'setup' : 'users'}`, [cookie, forgetNote(slug)])
  }, 'text')
}
