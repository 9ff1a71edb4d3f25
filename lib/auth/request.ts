import { addressOf } from '@/lib/address'

/** Where the request came from, for the log and for display; see ROLLCALL_TRUSTED_PROXIES. */
export function ipOf(req: Request): string | undefined {
  const address = addressOf(req.headers)
  return address === 'unknown' ? undefined : address
}
