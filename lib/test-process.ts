import { forgetProcess } from './process'

const KEY = Symbol.for('rollcall.environment')
// A file that resets its modules loads this one anew, in the environment it has made for itself.
const holder: typeof globalThis & { [KEY]?: NodeJS.ProcessEnv } = globalThis
holder[KEY] ??= { ...process.env }
const atStart = holder[KEY]

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
