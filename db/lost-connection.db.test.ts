import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pool } from './client'
import { isUnavailable } from './errors'
import { type Tx, withOrg } from './tenant'
import { makeTestOrg } from './test-orgs'

/** Ends the connection of a transaction as the server does when it stops or fails over. */
async function cut(pid: number): Promise<void> {
  const other = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  await other`select pg_terminate_backend(${pid}, 5000)`
  await other.end()
}

const pidOf = async (tx: Tx) => Number((await tx.execute(sql`select pg_backend_pid() as pid`))[0]?.pid)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a transaction whose connection closes', () => {
  // Whoever listens here hears of what nobody could catch: postgres.js writing to the connection that is gone.
  const uncaught: Error[] = []
  const hear = (error: Error) => void uncaught.push(error)
  let listeners: NodeJS.UncaughtExceptionListener[] = []
  beforeEach(() => {
    listeners = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', hear)
  })
  afterEach(() => {
    process.removeListener('uncaughtException', hear)
    for (const listener of listeners) process.on('uncaughtException', listener)
  })

  /** What the caller of `withOrg` gets, what the work inside met at its end, and what nobody caught. */
  async function lose(work: (tx: Tx, pid: number) => Promise<unknown>) {
    const { orgId } = await makeTestOrg()
    let inside: unknown = 'never ended'
    const outside = await withOrg(orgId, async (tx) => {
      const pid = await pidOf(tx)
      return work(tx, pid).then(
        (value) => {
          inside = value
          return value
        },
        (error: unknown) => {
          inside = error
          throw error
        },
      )
    }).catch((error: unknown) => error)
    await pause(300)
    return { outside, inside }
  }

  it.each<[string, (tx: Tx, pid: number) => Promise<unknown>, 'refused' | 'done']>([
    [
      'in the middle of a statement',
      async (tx, pid) => Promise.all([tx.execute(sql`select pg_sleep(10)`), cut(pid)]),
      'refused',
    ],
    [
      'between two statements',
      async (tx, pid) => {
        await cut(pid)
        await pause(100)
        await tx.execute(sql`select 1`)
      },
      'refused',
    ],
    [
      'before its work is done without another statement',
      async (_, pid) => {
        await cut(pid)
        await pause(100)
        return 'done'
      },
      'done',
    ],
    [
      'before its work fails for a reason of its own',
      async (_, pid) => {
        await cut(pid)
        await pause(100)
        throw new Error('of its own')
      },
      'refused',
    ],
  ])('%s is refused as unavailable, and writes to nothing that is gone', async (_, work, end) => {
    const { outside, inside } = await lose(work)
    expect(uncaught).toEqual([])
    expect(isUnavailable(outside)).toBe(true)
    if (end === 'done') expect(inside).toBe('done')
    else expect(inside).toBeInstanceOf(Error)
    await pool()`select 1`
  })
})
