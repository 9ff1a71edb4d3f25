/** One thing that was looked at. `warn` works but wants to be known; `skipped` could not be told from here. */
export type Finding = {
  step: string
  outcome: 'ok' | 'warn' | 'failed' | 'skipped'
  /** What was seen. */
  text: string
  /** What to do about it. */
  todo?: string
}

export const good = (step: string, text: string): Finding => ({ step, outcome: 'ok', text })
export const warning = (step: string, text: string, todo: string): Finding => ({ step, outcome: 'warn', text, todo })
export const wrong = (step: string, text: string, todo: string): Finding => ({ step, outcome: 'failed', text, todo })
export const untold = (step: string, text: string, todo?: string): Finding => ({
  step,
  outcome: 'skipped',
  text,
  ...(todo ? { todo } : {}),
})
