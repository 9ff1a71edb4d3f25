import { demoViewer, refuseDemo } from '@/lib/demo/door'
import { sseResponse } from '@/lib/events/sse'
import { subscribe } from '@/lib/events/stream'

/** Says `change` whenever something was committed at one of the two companies; what it was is for the page to read. */
export async function GET(req: Request): Promise<Response> {
  const refused = refuseDemo(req)
  if (refused) return refused
  const viewers = await Promise.all(['porter', 'white-rabbit'].map(demoViewer))
  return sseResponse(req.signal, (stream) => {
    const change = () => stream.send({ event: 'change', data: '{}' })
    const stops = viewers.map(({ orgId }) => subscribe(orgId, { onEvents: change, onGap: change }))
    return () => {
      for (const stop of stops) stop()
    }
  })
}
