import type { NextRequest } from 'next/server'
import { json, route, seeOther } from '@/lib/auth/respond'
import { finishSignIn } from '@/lib/auth/sign-in'

type Context = { params: Promise<{ nextauth: string[] }> }

const missing = () => json(404, { error: 'Nothing is here.' })

/** Okta's redirect back, at `/api/auth/callback/okta-<org>`. Of next-auth's other pages none is served. */
export async function GET(req: NextRequest, { params }: Context): Promise<Response> {
  const { nextauth } = await params
  const [action, provider = '', ...rest] = nextauth
  const slug = /^okta-([a-z0-9-]+)$/.exec(provider)?.[1]
  if (!slug || rest.length > 0) return missing()
  if (action === 'signin') return seeOther(`/sign-in/${slug}`)
  return route(async () => (action === 'callback' ? await finishSignIn(req, slug) : null) ?? missing(), 'text')
}
