/** A row as JSON has it: names with underscores, moments as text, bytes as hex. */
export type Stored = Record<string, unknown>

/** How a column is read: its name in schema.ts, and what its text stands for. */
type Column = { name: string; is: 'moment' | 'bytes' | 'plain' }

const columns = new Map<string, Column>()

/**
 * A row that a function of db/sql gave as JSON, as drizzle reads it from the table; `T` is that table's row. Every
 * column of ours that ends in `_at` or `_until` is a moment, one that ends in `_hmac` bytes; tests compare both ways to
 * read a row.
 */
export function rowOf<T>(stored: Stored): T {
  const row: Record<string, unknown> = {}
  for (const key in stored) {
    const { name, is } = columns.get(key) ?? learn(key)
    const value = stored[key]
    row[name] = is === 'plain' || typeof value !== 'string' ? value : is === 'moment' ? new Date(value) : bytesOf(value)
  }
  // The table's columns, each under its name in schema.ts.
  return row as T
}

function learn(key: string): Column {
  const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const column: Column = { name, is: /_(at|until)$/.test(key) ? 'moment' : key.endsWith('_hmac') ? 'bytes' : 'plain' }
  columns.set(key, column)
  return column
}

/** Postgres writes bytes as \x and hex. */
const bytesOf = (text: string): Buffer => Buffer.from(text.slice(2), 'hex')
