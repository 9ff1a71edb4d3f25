import { actorOf } from '@/lib/auth/actor'
import type { Viewer } from '@/lib/auth/authorize'
import { cookieName, readCookies } from '@/lib/auth/cookies'
import { readSession } from '@/lib/auth/session'
import { hasRole } from '@/lib/directory/roles'
import { type ExportFormat, exportEvents } from '@/lib/events/export'
import { readQuery } from '@/lib/events/log'
import { loadLog } from '@/lib/events/log-address'
import { recordEvent } from '@/lib/events/record'

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' }

/** Streams the events of the address's search as a file, and notes before the first of them who took it. */
export async function answerExport(req: Request, viewer: Viewer, format: ExportFormat): Promise<Response> {
  const { filter, window, search } = await readQuery(viewer.orgId, loadLog(req.url))
  await recordEvent(viewer.orgId, {
    type: 'access.exported',
    outcome: 'success',
    actor: actorOf(viewer),
    target: { kind: 'org', id: viewer.orgId, name: `events as ${format.toUpperCase()}` },
    trace: [{ step: 'filter', outcome: 'ok', text: search.text || 'Everything in the range' }],
  })
  // Kept by hand: later checks run outside of this request.
  const token = readCookies(req)[cookieName(viewer.orgSlug, 'session')]
  const mayRead = async () => {
    const session = await readSession(viewer.orgSlug, token, false)
    return session.kind === 'live' && hasRole(session.viewer.role, 'admin')
  }
  const day = new Date().toISOString().slice(0, 10)
  return new Response(exportEvents({ orgId: viewer.orgId, filter, window, format, mayRead }), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${viewer.orgSlug}-events-${day}.${format}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
