import { checkHealth } from '@/lib/auth/health'
import { json } from '@/lib/auth/respond'

export const dynamic = 'force-dynamic'

/** 200 when this process can do its work, else 503 with the name of the part that fails. */
export async function GET(): Promise<Response> {
  const health = await checkHealth()
  return health.status === 'ok' ? json(200, health) : json(503, health, { 'retry-after': '5' })
}
