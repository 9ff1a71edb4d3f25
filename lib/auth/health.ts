import 'server-only'
import { ping } from '@/db/global'

/** The parts this process cannot work without, and how they are. */
export async function checkHealth(): Promise<{ status: 'ok' } | { status: 'failing'; failing: string }> {
  try {
    await ping()
    return { status: 'ok' }
  } catch {
    return { status: 'failing', failing: 'database' }
  }
}
