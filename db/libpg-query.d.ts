/** Postgres's own parser. Its trees are read as plain JSON here. */
declare module 'libpg-query' {
  type Tree = { [key: string]: unknown }
  export function parse(sql: string): Promise<{ stmts?: { stmt: Tree; stmt_location?: number; stmt_len?: number }[] }>
  export function parsePlPgSQL(sql: string): Promise<Tree>
}
