import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import { assertSafeRole } from '@/db/guard'
import { stampAddress } from '@/lib/address'
import { shutdown } from '@/lib/process'

/** The server is Next's own: its requests are met where Node announces them. */
function stampAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const announced = typeof message === 'object' && message !== null && 'request' in message ? message.request : null
    if (announced instanceof IncomingMessage) stampAddress(announced)
  })
}

/** Under `next dev`, `next start` and serverless hosts: the checks and the stop that server.ts does for itself. */
export async function startInNext(): Promise<void> {
  if (process.env.ROLLCALL_SERVER) return
  stampAddresses()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutdown())
  try {
    await assertSafeRole()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
