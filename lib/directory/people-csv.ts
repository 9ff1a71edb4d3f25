import { CsvError, parse } from 'csv-parse/sync'
import type { Role } from '@/db/types'
import { foldKey } from '@/lib/scim/text'
import { PERSON_FIELDS, type PersonField } from './person-form'

export const MAX_CSV_BYTES = 1024 * 1024
export const MAX_CSV_ROWS = 5000

/** What a row says; a column that is not in the file says nothing. */
export type CsvPerson = {
  line: number
  fields: Partial<Record<PersonField, string>>
  role?: Role | null
  active?: boolean
}
export type CsvProblem = { line: number; userName: string; message: string }
export type PeopleCsv =
  | { rows: CsvPerson[]; problems: CsvProblem[]; ignored: string[] }
  /** The file as a whole cannot be used. */
  | { problem: string }

const KNOWN = new Map<string, PersonField | 'role' | 'active'>(
  [...PERSON_FIELDS, 'role' as const, 'active' as const].map((name) => [name.toLowerCase(), name]),
)
/** Other words for them, as spreadsheets have them. */
const ALIASES: Record<string, PersonField> = {
  'first name': 'givenName',
  firstname: 'givenName',
  'last name': 'familyName',
  lastname: 'familyName',
  'e-mail': 'email',
  login: 'userName',
  'user name': 'userName',
  'display name': 'displayName',
}
const ROLES: readonly Role[] = ['member', 'manager', 'admin', 'owner']
const YES = new Set(['true', 'yes', '1', 'active'])
const NO = new Set(['false', 'no', '0', 'inactive', 'deactivated'])

/**
 * The text of a file, in UTF-8, or in UTF-16 with its mark as Excel's "Unicode Text" is. Null for any other: read as one of
 * these, its names would be garbled. Pure.
 */
export function textOfFile(bytes: Uint8Array): string | null {
  const mark = `${bytes[0]},${bytes[1]}`
  const encoding = mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/** A spreadsheet's file of people: a row of headers, then one person a row. Pure. */
export function parsePeopleCsv(text: string): PeopleCsv {
  if (Buffer.byteLength(text) > MAX_CSV_BYTES) return { problem: 'The file is larger than 1 MiB. Split it.' }
  const read = records(text)
  if ('problem' in read) return read
  const [head, ...body] = read.records
  if (!head)
    return { problem: 'The file is empty. Its first line names the columns, such as userName,givenName,email.' }
  if (body.length > MAX_CSV_ROWS) {
    return { problem: `The file has ${body.length.toLocaleString('en-US')} people; at most 5,000 go in one. Split it.` }
  }
  const columns = head.cells.map((cell) => columnOf(cell))
  const twice = columns.find((name, i) => name !== undefined && columns.indexOf(name) !== i)
  if (twice) return { problem: `Two columns mean ${twice}. Keep one.` }
  if (!columns.includes('userName') && !columns.includes('email')) {
    return { problem: 'Line 1 names no column userName or email, so nobody can be told apart. Add one of them.' }
  }
  const ignored = head.cells.filter((cell, i) => columns[i] === undefined && cell.trim() !== '')
  const rows: CsvPerson[] = []
  const problems: CsvProblem[] = []
  const seen = new Map<string, number>()
  for (const { line, cells } of body) {
    const person = personOf(line, columns, cells)
    if ('message' in person) {
      problems.push(person)
      continue
    }
    const userName = person.fields.userName || person.fields.email || ''
    const before = seen.get(foldKey(userName))
    if (userName !== '' && before !== undefined) {
      problems.push({ line, userName, message: `The same user name as in line ${before}.` })
    } else {
      seen.set(foldKey(userName), line)
      rows.push(person)
    }
  }
  return { rows, problems, ignored }
}

function records(text: string): { records: { line: number; cells: string[] }[] } | { problem: string } {
  const [head = ''] = text.trimStart().split('\n', 1)
  const unquoted = head.replace(/"[^"]*"/g, '')
  const delimiter = [',', ';', '\t'].find((sign) => unquoted.includes(sign))
  const found: { line: number; cells: string[] }[] = []
  try {
    parse(text, {
      bom: true,
      delimiter: delimiter ?? ',',
      relax_column_count: true,
      skip_empty_lines: true,
      // A record may span lines; `lines` is where it ends.
      on_record: (cells: string[], { lines }) => {
        found.push({ cells, line: lines - cells.join('').split('\n').length + 1 })
      },
    })
    return { records: found }
  } catch (error) {
    if (error instanceof CsvError) return { problem: `This is no CSV that can be read: ${error.message}.` }
    throw error
  }
}

function columnOf(cell: string): PersonField | 'role' | 'active' | undefined {
  const name = cell.trim().toLowerCase()
  return KNOWN.get(name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined)
}

/** Exports put a ' before what a spreadsheet would run as a formula; it is not part of the value. */
const unescaped = (cell: string): string => (/^'[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell).trim()

function personOf(line: number, columns: ReturnType<typeof columnOf>[], cells: string[]): CsvPerson | CsvProblem {
  const fields: CsvPerson['fields'] = {}
  const more: Pick<CsvPerson, 'role' | 'active'> = {}
  const wrong: string[] = []
  columns.forEach((name, i) => {
    const value = unescaped(cells[i] ?? '')
    if (name === 'role') {
      const role = ROLES.find((each) => each === value.toLowerCase())
      if (role || value === '') more.role = role ?? null
      else wrong.push(`The role “${value.slice(0, 40)}” is none of member, manager, admin.`)
    } else if (name === 'active') {
      if (YES.has(value.toLowerCase())) more.active = true
      else if (NO.has(value.toLowerCase())) more.active = false
      else if (value !== '') wrong.push(`active is “${value.slice(0, 40)}”; say true or false.`)
    } else if (name) fields[name] = value
  })
  const userName = (fields.userName || fields.email || '').slice(0, 120)
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
    wrong.push(`${cells.length} values for ${columns.length} columns. Put quotes around values with commas.`)
  }
  return wrong.length > 0 ? { line, userName, message: wrong.join(' ') } : { line, fields, ...more }
}
