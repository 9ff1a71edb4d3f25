import { openForTest } from './client'

/** What opens, scopes and closes a transaction: the same few for every page. */
const FRAME = /^\s*(begin|commit|rollback|set local|savepoint|release)\b/i
/** What the driver asks the catalogue about types, once a connection. */
const TYPES = /\bpg_catalog\.pg_type\b/

/**
 * For tests: `const statements = watchStatements()` once, then `await statements(() => page())` gives the statements that
 * `page` sent, in order, without the frames of transactions.
 */
export function watchStatements(): (run: () => Promise<unknown>) => Promise<string[]> {
  let seen: string[] = []
  openForTest({
    note: (statement) => {
      if (!FRAME.test(statement) && !TYPES.test(statement)) seen.push(statement)
    },
  })
  return async (run) => {
    seen = []
    await run()
    return [...seen]
  }
}
