import { isSecure } from '@/lib/auth/cookies'
import { ownUrl } from '@/lib/auth/origin'
import { refuseDemoHost } from '@/lib/demo/door'
import { demoKeyCookie, isDemoKey } from '@/lib/demo/key'

function take(key: string): Response {
  const taken = isDemoKey(key)
  const cookie = taken ? demoKeyCookie() : ''
  const headers = new Headers({ location: ownUrl(taken ? '/demo' : '/demo/key?wrong=1'), 'cache-control': 'no-store' })
  // Until the browser is closed; the next start has another key anyway.
  if (cookie) headers.set('set-cookie', `${cookie}; Path=/; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`)
  return new Response(null, { status: 303, headers })
}

/** The link the terminal prints. It gives nothing but the way in, so that following it is enough. */
export async function GET(req: Request): Promise<Response> {
  return refuseDemoHost(req) ?? take(new URL(req.url).searchParams.get('key') ?? '')
}

/** The same key, typed. */
export async function POST(req: Request): Promise<Response> {
  const refused = refuseDemoHost(req)
  if (refused) return refused
  const key = (await req.formData().catch(() => null))?.get('key')
  return take(typeof key === 'string' ? key : '')
}
