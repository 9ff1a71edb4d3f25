import postgres from 'postgres'
import { openForTest } from './client'

const COLUMN = String.raw`(?:"?\w+"?\.)?"?org_id"?`
const WITH_VALUE = new RegExp(String.raw`${COLUMN} = (\$\d+)(?:::uuid)?`, 'g')
const WITH_COLUMN = new RegExp(`${COLUMN} = ${COLUMN}`, 'g')

/** A statement that has forgotten its company: every comparison of `org_id` is true. The parameter keeps its place. */
export const forget = (statement: string): string =>
  statement.replace(WITH_VALUE, '($1::uuid is not null)').replace(WITH_COLUMN, 'true')

const IN_FUNCTION = /(?:\b\w+\.)?\borg_id = (?:p_org|\w+\.org_id)\b/g

/** For tests: runs `fn` while this function of the database has forgotten its company too. Gives the comparisons lost. */
export async function withForgetful(ownerUrl: string, name: string, fn: () => Promise<void>): Promise<number> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    const [found] = await owner<{ text: string }[]>`select pg_get_functiondef(${name}::regproc) as text`
    const text = found?.text ?? ''
    await owner.unsafe(text.replace(IN_FUNCTION, 'true'))
    await fn().finally(() => owner.unsafe(text))
    return text.match(IN_FUNCTION)?.length ?? 0
  } finally {
    await owner.end()
  }
}

type Session = { unsafe: (statement: string, ...rest: unknown[]) => unknown }

/** The driver with every statement of drizzle rewritten, those of its transactions too. */
function blind<T extends object>(sql: T, seen: string[]): T {
  return new Proxy(sql, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name === 'unsafe') {
        return (statement: string, ...rest: unknown[]) => {
          const forgetful = forget(statement)
          if (forgetful !== statement) seen.push(forgetful)
          return (target as T & Session).unsafe(forgetful, ...rest)
        }
      }
      if (name === 'begin' || name === 'savepoint') {
        return (...args: unknown[]) =>
          value.call(
            target,
            ...args.map((arg) => (typeof arg === 'function' ? (scoped: object) => arg(blind(scoped, seen)) : arg)),
          )
      }
      return value.bind(target)
    },
  })
}

/**
 * For tests: queries without the app's own check, so that only row-level security is left. `as`: another role than the
 * app's. Returns the statements that lost a comparison, as they are sent.
 */
export function openBlind(as?: string): string[] {
  const seen: string[] = []
  openForTest({ around: (sql) => blind(sql, seen), ...(as ? { url: as } : {}) })
  return seen
}

/** For tests: queries as they are. */
export const openSeeing = (): void => openForTest({})

/** For tests: runs `fn` while the owner of the tables is not held back by row-level security either. */
export async function withoutRowSecurity(ownerUrl: string, fn: () => Promise<void>): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  const tables = await owner<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relforcerowsecurity and relkind in ('r', 'p')`
  const each = (what: string) =>
    owner.unsafe(tables.map(({ name }) => `alter table ${name} ${what} row level security`).join(';'))
  await each('no force')
  try {
    await fn()
  } finally {
    await each('force')
    await owner.end()
  }
}
