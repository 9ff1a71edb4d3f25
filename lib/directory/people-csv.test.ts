import { expect, test } from 'vitest'
import { MAX_CSV_BYTES, parsePeopleCsv, textOfFile } from './people-csv'

const rowsOf = (text: string) => {
  const read = parsePeopleCsv(text)
  if ('problem' in read) throw new Error(read.problem)
  return read
}

test('a row is a person; what a column does not say is not said', () => {
  expect(rowsOf('userName,givenName\nada@x.example,Ada\n').rows).toEqual([
    { line: 2, fields: { userName: 'ada@x.example', givenName: 'Ada' } },
  ])
})

test.each([
  ['a byte order mark', '\ufeffuserName\nada@x.example'],
  ['Windows line ends', 'userName\r\nada@x.example\r\n'],
  ['headers in any case, with blanks', ' USERNAME \nada@x.example'],
  ['empty lines', '\nuserName\n\nada@x.example\n\n'],
  ['semicolons', 'userName;title\nada@x.example;'],
  ['semicolons between quotes', '"userName";"title, or none"\n"ada@x.example";'],
  ['tabs', 'userName\ttitle\nada@x.example\t'],
  ['other words for a column', 'Login\nada@x.example'],
])('%s', (_, text) => {
  expect(rowsOf(text).rows).toMatchObject([{ fields: { userName: 'ada@x.example' } }])
})

test.each([
  ['UTF-8', Buffer.from('email,givenName\nz@x.example,Zoë')],
  ['UTF-8 with its mark', Buffer.from('\ufeffemail,givenName\nz@x.example,Zoë')],
  ['UTF-16, little end first', Buffer.from('\ufeffemail,givenName\nz@x.example,Zoë', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffemail,givenName\nz@x.example,Zoë', 'utf16le').swap16()],
])('a file in %s is read as it was written', (_, bytes) => {
  expect(rowsOf(textOfFile(bytes) ?? '').rows[0]?.fields).toEqual({ email: 'z@x.example', givenName: 'Zoë' })
})

test.each([
  ['of an older Excel, in Latin-1', Buffer.from('email,givenName\nz@x.example,Zoë', 'latin1')],
  ['that is a workbook', Buffer.from('504b0304140006000800000021', 'hex')],
  ['cut in the middle of a letter', Buffer.from('email\nzoë').subarray(0, -1)],
])('a file %s is not read, since names would be garbled', (_, bytes) => {
  expect(textOfFile(bytes)).toBeNull()
})

test('the quote an export puts before a formula is taken off again', () => {
  expect(rowsOf(`email,title\nada@x.example,'=1+1`).rows[0]?.fields.title).toBe('=1+1')
  expect(rowsOf(`email,title\nada@x.example,'tis`).rows[0]?.fields.title).toBe("'tis")
})

test('lines are those of the file, also after a value of several', () => {
  const { rows, problems } = rowsOf('email,title,role\na@x.example,"one\ntwo",member\nb@x.example,,boss\n')
  expect(rows.map(({ line }) => line)).toEqual([2])
  expect(problems).toMatchObject([{ line: 4, userName: 'b@x.example', message: expect.stringContaining('boss') }])
})

test('the same person twice is told with both lines', () => {
  expect(rowsOf('email\na@x.example\nA@X.example\n').problems).toEqual([
    { line: 3, userName: 'A@X.example', message: 'The same user name as in line 2.' },
  ])
})

test('columns of an export that say nothing here are named', () => {
  expect(rowsOf('id,email,groups\n1,a@x.example,Ops').ignored).toEqual(['id', 'groups'])
})

test.each([
  ['role', 'manager', { role: 'manager' }],
  ['role', '', { role: null }],
  ['active', 'No', { active: false }],
  ['active', '', {}],
])('%s “%s” means %j', (column, cell, said) => {
  expect(rowsOf(`email,${column}\na@x.example,${cell}`).rows).toEqual([
    { line: 2, fields: { email: 'a@x.example' }, ...said },
  ])
})

test.each([
  ['', 'empty'],
  ['givenName\nAda', 'userName or email'],
  ['email,E-Mail\na,b', 'Two columns'],
  ['email\n"a@x.example', 'no CSV'],
  [`email\n${'a@x.example\n'.repeat(5001)}`, '5,000'],
  [`email\n${'x'.repeat(MAX_CSV_BYTES)}`, '1 MiB'],
])('a file that cannot be used says why: %#', (text, why) => {
  expect(parsePeopleCsv(text)).toEqual({ problem: expect.stringContaining(why) })
})
