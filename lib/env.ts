import { z } from 'zod'

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

const key = /^v[0-9]+:[A-Za-z0-9+/]{43}=$/

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
  DATABASE_OWNER_URL: z.string().optional(),
  DATABASE_DIRECT_URL: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
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
  ROLLCALL_SERVERLESS: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The settings of this process, checked once. Throws one error that names every variable at fault. */
export function env(): Env {
  if (parsed) return parsed
  const result = schema.safeParse(process.env)
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Rollcall cannot start, these settings are wrong:\n${lines.join('\n')}`)
  }
  parsed = result.data
  return parsed
}
