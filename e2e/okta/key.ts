import { timingSafeEqual } from 'node:crypto'

/** Rollcall's demo sets it for whoever showed the key printed at the start (lib/demo/key.ts); cookies know no ports. */
export const KEY_COOKIE = 'rollcall_demo_key'

/** What the app asks without a browser: discovery, keys, and what needs the client's secret or a token besides. */
const FOR_SERVERS = /\/\.well-known\/|\/v1\/(keys|token|userinfo|introspect|revoke)$/

/** The answer to a visitor without the key, or null where they may pass. Without a key everybody may. */
export function refuseWithoutKey(key: string | undefined, path: string, cookies = ''): string | null {
  if (!key || FOR_SERVERS.test(path) || path.startsWith('/assets/')) return null
  const given = cookies
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${KEY_COOKIE}=`))
  const [ours, theirs] = [Buffer.from(key), Buffer.from(given?.slice(KEY_COOKIE.length + 1) ?? '')]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs) ? null : MISSING
}

const MISSING =
  'This demo needs its key: anybody can be anybody here. Open the link with the key that its terminal printed at the start, then come back.\n'
