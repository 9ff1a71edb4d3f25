type PgError = { code: string; message: string; constraint_name?: string }

function chain(error: unknown): unknown[] {
  const seen: unknown[] = []
  for (let e = error; e && seen.length < 8; e = e instanceof Error ? e.cause : undefined) seen.push(e)
  return seen
}

/** The Postgres or driver error inside whatever drizzle wrapped around it. */
export function pgError(error: unknown): PgError | undefined {
  for (const e of chain(error)) {
    if (e instanceof Error && 'code' in e && typeof e.code === 'string') {
      const name = 'constraint_name' in e && typeof e.constraint_name === 'string' ? e.constraint_name : undefined
      return { code: e.code, message: e.message, ...(name ? { constraint_name: name } : {}) }
    }
  }
  return undefined
}

/** The name of the violated unique constraint, its shard suffix stripped (DISTRIBUTED §4); undefined otherwise. */
export function uniqueViolation(error: unknown): string | undefined {
  const e = pgError(error)
  if (e?.code !== '23505') return undefined
  const name = e.constraint_name ?? /unique constraint "([^"]+)"/.exec(e.message)?.[1]
  // A partition's index is named after the partition; our own names never end in _digits.
  return name?.replace(/_\d+$/, '')
}

/** Postgres refused rows of another org than the transaction's: row-level security, or `enter_org` of a function. */
export function isForeignOrg(error: unknown): boolean {
  const e = pgError(error)
  return e?.code === '42501' && /row-level security|set to another org/.test(e.message)
}

const AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
])

/** True when the database is away, starting, stopping, full or too slow: the caller answers 503 and asks to try again. */
export function isUnavailable(error: unknown): boolean {
  const code = pgError(error)?.code
  if (!code) return false
  return AWAY.has(code) || /^(08|53|57P0)/.test(code) || code === '57014' || code === '55P03' || code === '25P03'
}

/** True when the connection that met this error is closed, or about to be. */
export function closesConnection(error: unknown): boolean {
  const fatal = chain(error).some((e) => e instanceof Error && 'severity' in e && e.severity === 'FATAL')
  return fatal || AWAY.has(pgError(error)?.code ?? '')
}

/** True when the database undid the statement because of another one at the same time: the same again may succeed. */
export function isConflict(error: unknown): boolean {
  const code = pgError(error)?.code
  return code === '40001' || code === '40P01'
}
