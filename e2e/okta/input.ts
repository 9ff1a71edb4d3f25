import type { z } from 'zod'
import { OktaError } from './errors'

/** Parsed input, or a 400 that names every bad field. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw new OktaError(400, problems.join('; '))
}

/** The request's JSON, or a 400. */
export async function readJson(request: { json: () => Promise<unknown> }): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    throw new OktaError(400, 'The body is not JSON.')
  }
}
