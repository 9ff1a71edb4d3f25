import { assertSafeRole } from '@/db/guard'
import { shutdown } from '@/lib/process'

/** Under `next dev`, `next start` and serverless hosts: the checks and the stop that server.ts does for itself. */
export async function startInNext(): Promise<void> {
  if (process.env.ROLLCALL_SERVER) return
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutdown())
  try {
    await assertSafeRole()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
