import { z } from 'zod'

const schema = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Say what there is to do.')
    .max(200, 'Keep it under 200 characters.')
    // Postgres stores neither NUL nor half a surrogate pair.
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'This text has a character that cannot be kept.'),
  dueOn: z
    .string()
    .transform((text) => text || null)
    .pipe(z.iso.date('Give a day such as 2026-12-31.').nullable()),
})

export type TaskFormErrors = { title?: string | undefined; dueOn?: string | undefined }
export type ParsedTask = { task: z.infer<typeof schema> } | { errors: TaskFormErrors }

/** Reads the form of a new task, or says per field what is wrong. */
export function parseTaskForm(form: FormData): ParsedTask {
  const result = schema.safeParse({ title: form.get('title') ?? '', dueOn: form.get('dueOn') ?? '' })
  if (result.success) return { task: result.data }
  const { title, dueOn } = z.flattenError(result.error).fieldErrors
  return { errors: { title: title?.[0], dueOn: dueOn?.[0] } }
}
