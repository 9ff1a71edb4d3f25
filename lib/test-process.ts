import { forgetProcess } from './process'

const atStart = { ...process.env }

/** A process as it was when the worker began: its environment, and nothing of lib running yet. */
export function freshProcess(): void {
  for (const name of Object.keys(process.env)) if (!(name in atStart)) delete process.env[name]
  Object.assign(process.env, atStart)
  forgetProcess()
}

/** Settings for the tests of one file, whatever was read of the environment before. */
export function setEnvironment(values: Record<string, string>): void {
  Object.assign(process.env, values)
  forgetProcess('env', 'limits', 'guard.allowed', 'crypto.keys')
}
