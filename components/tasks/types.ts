export type TaskFormAction = (form: FormData) => Promise<void>

/** What a list of tasks can do; given by the page, which owns the server actions. */
export type TaskActions = { complete: TaskFormAction; remove: TaskFormAction; reassign: TaskFormAction }

/** The task whose hand-over is open, and to whom it can go. */
export type HandOver = { taskId: string; people: { id: string; name: string; userName: string }[] }
