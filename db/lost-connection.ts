import { setTimeout as pause } from 'node:timers/promises'
import type { Sql, TransactionSql } from 'postgres'
import { closesConnection } from './errors'

type Work = (tx: TransactionSql) => unknown
type State = { over: boolean }

/** Within this time a connection that reported its end has closed. */
const CLOSES_WITHIN_MS = 1000

/**
 * Ends a transaction when its connection does. postgres.js 3.4.9 refuses the transaction then, but still writes what its
 * work sends afterwards, and a `rollback` or `commit` of its own, to the socket that is gone: a throw that nobody can
 * catch (its issue 1208). So the work of a transaction that is over sends nothing, and nothing is heard of its end.
 */
export function endWithConnection(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>
  const guardedBegin = async (...args: unknown[]) => {
    const state = { over: false }
    const work = args.pop() as Work
    try {
      return await begin(...args, (tx: TransactionSql) => settled(async () => work(guard(tx, state)), state))
    } finally {
      state.over = true
    }
  }
  return Object.assign(sql, { begin: guardedBegin })
}

/** As `run` ends; never, once the transaction is over. */
const settled = (run: () => Promise<unknown>, state: State) =>
  new Promise((resolve, reject) => {
    run().then(
      (value) => state.over || resolve(value),
      async (error: unknown) => {
        if (closesConnection(error)) await pause(CLOSES_WITHIN_MS, undefined, { ref: false })
        if (!state.over) reject(error)
      },
    )
  })

/** The transaction, which sends nothing once it is over. */
function guard(tx: TransactionSql, state: State): TransactionSql {
  const check = () => {
    if (state.over) throw Object.assign(new Error('The connection of this transaction closed'), CLOSED)
  }
  return new Proxy(tx, {
    apply: (target, self, args) => {
      check()
      return Reflect.apply(target, self, args)
    },
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (name !== 'unsafe' && name !== 'savepoint') return value
      return (...args: unknown[]) => {
        check()
        return (value as (...args: unknown[]) => unknown).apply(target, args)
      }
    },
  })
}

const CLOSED = { code: 'CONNECTION_CLOSED' }
