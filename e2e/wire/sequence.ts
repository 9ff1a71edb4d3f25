import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const json = z.record(z.string(), z.unknown())

/** One request of a client and what a right answer looks like. */
const stepSchema = z.strictObject({
  /** Method and path below the SCIM base, readable: `GET /Users?filter=userName eq "{{userName}}"`. */
  send: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) \//),
  /** A body sent as it stands, or the last answer's body with these keys laid over it (Okta reads, then puts). */
  body: z.unknown().optional(),
  over: json.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** False sends no usable credential. */
  token: z.boolean().default(true),
  expect: z.strictObject({
    status: z.number(),
    /** A part of the body, compared deeply. */
    body: json.optional(),
    /** Dotted paths the body must not have. */
    absent: z.array(z.string()).default([]),
    /** Names for parts of the answer (dotted paths), usable as {{name}} from here on. */
    save: z.record(z.string(), z.string()).default({}),
  }),
})

const sequenceSchema = z.strictObject({
  name: z.string().min(1),
  client: z.enum(['okta', 'entra']),
  /** Requests that bring the org into the state the sequence begins with; no part of what the client sends. */
  before: z.array(stepSchema).default([]),
  steps: z.array(stepSchema).min(1),
  /** Reads that show what the sequence left; no part of it either. */
  after: z.array(stepSchema).default([]),
})

export type Step = z.infer<typeof stepSchema>
export type Sequence = z.infer<typeof sequenceSchema> & { file: string }
export type Vars = Record<string, unknown>

/** Every recorded sequence of this folder, by file name. */
export function readSequences(): Sequence[] {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'))
  return files.sort().map(readSequence)
}

/** One recorded sequence; throws with the file's name when it is not one. */
export function readSequence(file: string): Sequence {
  const parsed = sequenceSchema.safeParse(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')))
  if (!parsed.success) throw new Error(`e2e/wire/${file}: ${z.prettifyError(parsed.error)}`)
  return { ...parsed.data, file }
}

const HOLE = /\{\{(\w+)\}\}/g

/** A template with its {{names}} filled; a string that is nothing but one name becomes the value itself. */
export function fill(template: unknown, vars: Vars): unknown {
  if (typeof template === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(template)?.[1]
    return whole ? varOf(whole, vars) : template.replace(HOLE, (_, name: string) => String(varOf(name, vars)))
  }
  if (Array.isArray(template)) return template.map((each) => fill(each, vars))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([key, each]) => [key, fill(each, vars)]))
}

/** `POST /Users` as method and path, its query encoded the way clients do. */
export function requestLine(send: string, vars: Vars): { method: string; path: string } {
  const [, method = '', target = ''] = /^(\w+) (.*)$/.exec(String(fill(send, vars))) ?? []
  const [path = '', query] = target.split(/\?(.*)/s)
  if (query === undefined) return { method, path }
  const encoded = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return `${name}=${encodeURIComponent(value)}`
  })
  return { method, path: `${path}?${encoded.join('&')}` }
}

/** What is at a dotted path (`Resources.0.id`); a URN key cannot be part of it. */
export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const index = Number(key)
    if (Array.isArray(value)) return value[index]
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined
  }, body)
}

function varOf(name: string, vars: Vars): unknown {
  if (!Object.hasOwn(vars, name)) throw new Error(`A recorded sequence uses {{${name}}}, which nothing has set.`)
  return vars[name]
}
