import { availableParallelism, cpus, totalmem } from 'node:os'

/** A line of the table: what was measured, against what, and what DESIGN §9 asks. */
export type Row = {
  part: string
  what: string
  /** Texts ready to read; empty where there is nothing to say. */
  value: string
  range: string
  ratio: string
  node: string
  database: string
  target: string
  /** Null: no target. */
  holds: boolean | null
}

const heads = ['', 'measured', 'min-max', 'of its limit', 'node µs', 'pg µs', 'target', '']

const cells = (row: Row): string[] => [
  row.what,
  row.value,
  row.range,
  row.ratio,
  row.node,
  row.database,
  row.target,
  row.holds === null ? '' : row.holds ? 'holds' : 'MISSED',
]

/** The rows as a table of a terminal that is valid Markdown as well. */
export function printTable(rows: readonly Row[]): string {
  const all = [heads, ...rows.map(cells)]
  const widths = heads.map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0)))
  const line = (texts: readonly string[]) => `| ${texts.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(heads), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...all.slice(1).map(line)].join('\n')
}

/** The same without padding, under a line about the machine. */
export function markdownTable(rows: readonly Row[]): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const machine = `${cpu?.model.trim() || 'unknown processor'}, ${availableParallelism()} cores, ${memory} GiB, Node ${process.version}`
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  const table = [line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(cells(row)))]
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}, all on one machine, client included:`,
    '',
    ...table,
  ].join('\n')
}

const grouped = (n: number) => Math.round(n).toLocaleString('en-US')

/** A number as a person reads it: three digits that count. */
export const short = (n: number): string => (n >= 100 ? grouped(n) : n >= 10 ? n.toFixed(1) : n.toFixed(2))
export const ms = (n: number): string => `${short(n)} ms`
export const perSecond = (n: number): string => `${grouped(n)}/s`
export const us = (n: number | null): string => (n === null ? '–' : grouped(n))
