import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Runs work that outlives its caller outside of the caller's context: a timer or a stream started within one request
 * must not see its cookies later, nor join its finished transaction.
 */
export const outside = AsyncLocalStorage.snapshot()

/** `fn`, to be called from anywhere, in the context of whoever binds it here. */
export function bound<A extends unknown[]>(fn: (...args: A) => void): (...args: A) => void {
  const inside = AsyncLocalStorage.snapshot()
  return (...args) => inside(fn, ...args)
}
