import type { EventView } from './view'

/** A request as a curl command that can be pasted, the token left for the reader to fill in; null for other events. */
export function curlOf(
  event: Pick<EventView, 'method' | 'path' | 'actorKind'>,
  body: unknown,
  origin = '',
): string | null {
  if (!event.method || !event.path?.includes('/scim/v2/')) return null
  const parts = [
    `curl -X ${event.method} ${quoted(`${origin}${event.path}`)}`,
    `-H 'Authorization: Bearer $SCIM_TOKEN'`.replaceAll("'", '"'),
    ...(body === null || body === undefined
      ? []
      : [`-H 'Content-Type: application/scim+json'`, `--data ${quoted(JSON.stringify(body))}`]),
  ]
  return parts.join(' \\\n  ')
}

/** One word for a POSIX shell, whatever is in it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
