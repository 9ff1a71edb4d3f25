import { requireJson } from '@/lib/auth/authorize'
import { json } from '@/lib/auth/respond'
import { watchSession } from '@/lib/auth/watch'
import { sseResponse } from '@/lib/events/sse'
import { takeSlot } from '@/lib/events/stream-slots'

type Context = { params: Promise<{ org: string }> }

/** Tells an open tab when its session has been ended: one `ended` with who, when and why, and nothing else. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  const door = await requireJson(org, 'member')
  if ('response' in door) return door.response
  const { orgId, userId, sessionId } = door.viewer
  // Counted per session alone: how many people a company has at work is no reason to leave one untold.
  const release = takeSlot(`me ${sessionId}`, sessionId)
  if (!release) return json(429, { error: 'Too many open tabs watch this session.' }, { 'retry-after': '5' })
  return sseResponse(req.signal, (stream) => {
    const stop = watchSession(orgId, {
      sessionId,
      userId,
      onEnded: (why) => {
        stream.send({ event: 'ended', data: JSON.stringify({ ...why, href: `/denied?org=${org}` }) })
        stream.close()
      },
    })
    return () => {
      stop()
      release()
    }
  })
}
