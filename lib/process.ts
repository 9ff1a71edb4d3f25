/**
 * One registry for the whole process. The SCIM app in server.ts and Next each load their own copy of lib, so pools,
 * caches and listeners live here, on globalThis, and exist once (DESIGN §8).
 */
type Registry = { things: Map<string, unknown>; stops: Set<() => void | Promise<void>>; stopping: boolean }

const KEY = Symbol.for('rollcall.process')

function registry(): Registry {
  // A property of our own on globalThis, named by a symbol nobody else uses.
  const holder = globalThis as typeof globalThis & { [KEY]?: Registry }
  holder[KEY] ??= { things: new Map(), stops: new Set(), stopping: false }
  return holder[KEY]
}

/** The one instance called `name` in this process, made on first use. */
export function once<T>(name: string, make: () => T): T {
  const { things } = registry()
  if (!things.has(name)) things.set(name, make())
  // The registry is keyed by name and each name is used with one type only.
  return things.get(name) as T
}

/** Runs `stop` at shutdown; returns a function that takes it back. */
export function onShutdown(stop: () => void | Promise<void>): () => void {
  const { stops } = registry()
  stops.add(stop)
  return () => stops.delete(stop)
}

/** True from the first moment of shutdown: new streams are refused. */
export function isStopping(): boolean {
  return registry().stopping
}

/** Ends streams, flushes batches and closes pools, newest first. */
export async function shutdown(): Promise<void> {
  const r = registry()
  r.stopping = true
  for (const stop of [...r.stops].reverse()) await Promise.resolve(stop()).catch(() => undefined)
  r.stops.clear()
  r.things.clear()
}

/** Tests only: what is asked for next, of these names or of all, is made as in a process that has just begun. */
export function forgetProcess(...names: string[]): void {
  if (names.length === 0) Reflect.deleteProperty(globalThis, KEY)
  for (const name of names) registry().things.delete(name)
}
