export type TaskFormAction = (form: FormData) => Promise<void>

/** What a list of tasks can do; given by the page, which owns the server actions. */
export type TaskActions = {
  complete: TaskFormAction
  remove: TaskFormAction
  reassign: TaskFormAction
  change: (state: ChangeState, form: FormData) => Promise<ChangeState>
}

/** What was typed, and what is wrong with it. */
export type ChangeState = {
  errors?: { title?: string | undefined; dueOn?: string | undefined }
  title?: string
  dueOn?: string
}

/** The task whose hand-over is open, and to whom it can go. */
export type HandOver = {
  taskId: string
  people: { id: string; name: string; userName: string }[]
  /** The part of a name they were looked for by; `more`: there are too many to list. */
  who: string
  more: boolean
}

/** Which task has a form open below it. */
export type OpenForms = { handOver?: HandOver | undefined; editing?: string | undefined }
