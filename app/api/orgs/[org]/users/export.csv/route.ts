import { loadUsersSearch } from '@/components/users/users-url'
import { actorOf } from '@/lib/auth/actor'
import { requireJson } from '@/lib/auth/authorize'
import { route } from '@/lib/auth/respond'
import { exportUsers, recordExport } from '@/lib/directory/export-users'

type Context = { params: Promise<{ org: string }> }

/** The people of the list's filters as CSV, streamed; noted in the log. For admins of the org. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const { viewer } = door
    const { tab, q, role, source, group } = loadUsersSearch(new URL(req.url).searchParams)
    await recordExport(viewer.orgId, actorOf(viewer))
    const filter = { tab, q, role: role ?? undefined, source: source ?? undefined, group: group ?? undefined }
    return new Response(streamOf(exportUsers(viewer.orgId, filter)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${org}-users.csv"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  })
}

/** Pulled part by part: a slow reader holds nothing back but itself. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(bytes.encode(value))
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
