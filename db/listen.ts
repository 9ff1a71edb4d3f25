import 'server-only'
import postgres from 'postgres'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { once, onShutdown } from '@/lib/process'
import { pool } from './client'

const RETRY_MS = 1000

type Listener = { fns: Set<(payload: string) => void>; stop: () => void }

/**
 * Hears `channel` on one connection of this process, past any pooler (DATABASE_DIRECT_URL). Returns how to stop
 * hearing. A database that is away is asked again each second; what was sent meanwhile is lost, so whoever listens
 * also polls.
 */
export function listen(channel: string, fn: (payload: string) => void): () => void {
  const listener = once(`db.listen.${channel}`, () => start(channel))
  listener.fns.add(fn)
  return () => listener.fns.delete(fn)
}

function start(channel: string): Listener {
  const fns: Listener['fns'] = new Set()
  let stopped = false
  let current: postgres.Sql | undefined
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    if (!stopped) timer = setTimeout(connect, RETRY_MS).unref()
  }
  const connect = () => {
    let closed = false
    const close = (why?: unknown) => {
      if (closed || stopped) return
      closed = true
      log().warn({ channel, err: why }, 'not listening, trying again')
      void sql.end({ timeout: 0 }).catch(() => undefined)
      again()
    }
    // A connection of its own instead of sql.listen: that one gives up silently when listening again fails.
    const sql = postgres(env().DATABASE_DIRECT_URL ?? env().DATABASE_URL, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 3,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { application_name: 'rollcall listen' },
      onclose: () => close(),
    })
    current = sql
    sql.listen(channel, (payload) => deliver(fns, payload)).catch(close)
  }
  connect()
  const stop = () => {
    stopped = true
    clearTimeout(timer)
    return current?.end({ timeout: 1 }).catch(() => undefined)
  }
  onShutdown(async () => stop())
  return { fns, stop }
}

function deliver(fns: Listener['fns'], payload: string) {
  for (const fn of fns) {
    try {
      fn(payload)
    } catch (err) {
      log().error({ err }, 'a listener failed')
    }
  }
}

/** Sends each payload (under 8,000 bytes) on `channel`, in one statement. Rejects when the database is away. */
export async function notify(channel: string, ...payloads: string[]): Promise<void> {
  await pool()`select pg_notify(${channel}, p) from jsonb_array_elements_text(${JSON.stringify(payloads)}::text::jsonb) p`
}
