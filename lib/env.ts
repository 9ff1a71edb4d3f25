import { z } from 'zod'
import { once } from './process'

const url = z.url()
const origins = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean),
  )
  .pipe(z.array(url))

/** A limit's own number. Without one the default of lib/limits.ts holds. */
const limit = z.coerce.number('must be a whole number').int('must be a whole number').min(1).max(10_000_000).optional()

const key = /^v[0-9]+:[A-Za-z0-9+/]{43}=$/

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
  DATABASE_OWNER_URL: z.string().optional(),
  DATABASE_DIRECT_URL: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** 0 where a pooler in front of DATABASE_URL cannot keep prepared statements: pgbouncer before 1.21. */
  DATABASE_PREPARED: z
    .enum(['0', '1'])
    .default('1')
    .transform((value) => value === '1'),
  ROLLCALL_URL: url.default('http://localhost:3000').transform((value) => value.replace(/\/+$/, '')),
  ROLLCALL_KEYS: z
    .string({ error: 'is missing: give v1:<base64 of 32 random bytes>, newest first, comma separated' })
    .transform((value) => value.split(',').map((s) => s.trim()))
    .pipe(z.array(z.string().regex(key, 'must look like v1:<base64 of 32 bytes>')).min(1)),
  ROLLCALL_DEMO: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
  ROLLCALL_ISSUER_ALLOW: origins,
  /** Where the demo's Okta stand-in shows its console. */
  ROLLCALL_OKTA_CONSOLE: url.optional(),
  /** The private file (mode 0600) in which a demo finds its companies and their SCIM tokens. */
  ROLLCALL_DEMO_JSON: z.string().optional(),
  /** What visitors of a demo have to show that listens for more than this machine (`npm run demo -- --host`). */
  ROLLCALL_DEMO_KEY: z.string().min(20, 'must have 20 characters or more').optional(),
  ROLLCALL_SERVERLESS: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
  /** How many proxies of ours stand in front; each appends to X-Forwarded-For. None: the header is not read. */
  ROLLCALL_TRUSTED_PROXIES: z.coerce.number('must be a whole number').int().min(0).max(10).default(0),
  ROLLCALL_LIMIT_SCIM_READS: limit,
  ROLLCALL_LIMIT_SCIM_WRITES: limit,
  ROLLCALL_LIMIT_SCIM_BURST: limit,
  ROLLCALL_LIMIT_WRONG_TOKENS: limit,
  ROLLCALL_LIMIT_SIGN_INS: limit,
  ROLLCALL_LIMIT_ADMIN_WRITES: limit,
  ROLLCALL_LIMIT_LOGOUTS: limit,
  ROLLCALL_LIMIT_DOMAIN_CHECKS: limit,
  ROLLCALL_LIMIT_CONNECTION_TESTS: limit,
  ROLLCALL_LIMIT_READINESS_RUNS: limit,
  ROLLCALL_LIMIT_STREAMS_PER_SESSION: limit,
  ROLLCALL_LIMIT_STREAMS_PER_ORG: limit,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema>

/** The settings of this process, checked once. Throws one error that names every variable at fault. */
export const env = (): Env => once('env', readEnv)

function readEnv(): Env {
  const result = schema.safeParse(process.env)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Rollcall cannot start, these settings are wrong:\n${lines.join('\n')}`)
}
