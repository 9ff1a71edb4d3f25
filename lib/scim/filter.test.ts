import { describe, expect, test } from 'vitest'
import { parseElementFilter, parseFilter } from './filter'
import { printFilter } from './filter-print'
import { SEARCH_FILTER_LIMITS } from './filter-scan'
import { detailOf, refusalOf } from './fixtures'
import { attributeIn } from './schema'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA, userSchema } from './schemas/user'

const canonical = (text: string) => printFilter(parseFilter(text, 'User'))

describe('RFC 7644 §3.4.2.2: every example of the section parses', () => {
  test.each([
    ['userName eq "bjensen"'],
    ['name.familyName co "O\'Malley"'],
    ['userName sw "J"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"'],
    ['title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"'],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"'],
    ['meta.lastModified lt "2011-05-13T04:42:34Z"'],
    ['meta.lastModified le "2011-05-13T04:42:34Z"'],
    ['title pr and userType eq "Employee"'],
    ['title pr or userType eq "Intern"'],
    ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"'],
    ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")'],
    ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")'],
    ['userType eq "Employee" and (emails.type eq "work")'],
    ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]'],
    ['emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]'],
  ])('%s', (text) => {
    expect(() => parseFilter(text, 'User')).not.toThrow()
  })
})

describe('names and operators', () => {
  test.each([
    ['names in any case', 'USERNAME eq "a"', 'userName eq "a"'],
    ['operators in any case', 'userName EQ "a" AND title Pr', 'userName eq "a" and title pr'],
    ['not in any case', 'NOT (title pr)', 'not (title pr)'],
    ['the core URN', `${USER_SCHEMA}:name.givenName eq "a"`, 'name.givenName eq "a"'],
    ['the core URN in any case', `${USER_SCHEMA.toUpperCase()}:UserName eq "a"`, 'userName eq "a"'],
    ['the enterprise URN', `${ENTERPRISE_SCHEMA}:department eq "a"`, `${ENTERPRISE_SCHEMA}:department eq "a"`],
    [
      'the enterprise URN with a sub-attribute',
      `${ENTERPRISE_SCHEMA}:MANAGER.VALUE eq "a"`,
      `${ENTERPRISE_SCHEMA}:manager.value eq "a"`,
    ],
    ['an extension as a whole', `${ENTERPRISE_SCHEMA} pr`, `${ENTERPRISE_SCHEMA} pr`],
    ['manager.value without its URN', 'manager.value eq "a"', `${ENTERPRISE_SCHEMA}:manager.value eq "a"`],
    ['common attributes', 'id eq "a" or externalId eq "b"', 'id eq "a" or externalId eq "b"'],
    ['groups.value', 'groups.value eq "g"', 'groups.value eq "g"'],
    ['more blanks than one', '  userName   eq  "a"  ', 'userName eq "a"'],
    ['no blanks around brackets', '(title pr)and(nickName pr)', 'title pr and nickName pr'],
  ])('%s', (_name, text, expected) => {
    expect(canonical(text)).toBe(expected)
  })

  test('members.value of a group', () => {
    expect(printFilter(parseFilter('members.value eq "u" and displayName sw "P"', 'Group'))).toBe(
      'members.value eq "u" and displayName sw "P"',
    )
  })

  test('roles and entitlements have a catalogue of their own', () => {
    expect(() => parseFilter('displayName eq "Manager"', 'Role')).not.toThrow()
    expect(refusalOf(() => parseFilter('userName eq "x"', 'Entitlement'))).toBe('400 invalidFilter')
  })

  test('keys lead to the value, never in the client’s spelling', () => {
    expect(parseFilter(`${ENTERPRISE_SCHEMA}:MANAGER.value eq "a"`, 'User')).toMatchObject({
      path: { keys: [ENTERPRISE_SCHEMA, 'manager', 'value'], extension: ENTERPRISE_SCHEMA },
    })
    expect(parseFilter('EMAILS co "x"', 'User')).toMatchObject({ path: { text: 'emails', keys: ['emails', 'value'] } })
    expect(parseFilter('emails pr', 'User')).toMatchObject({ path: { keys: ['emails'] } })
    expect(parseFilter('emails[TYPE eq "work"]', 'User')).toMatchObject({
      path: { keys: ['emails'] },
      filter: { path: { keys: ['type'] } },
    })
  })
})

describe('a name after the bracket, as Entra matches by e-mail', () => {
  test.each([
    ['emails[type eq "work"].value eq "x"', 'emails[type eq "work" and value eq "x"]'],
    ['EMAILS[type eq "work"].VALUE Eq "x" and title pr', 'emails[type eq "work" and value eq "x"] and title pr'],
    ['emails[type eq "work" or primary eq true].value pr', 'emails[(type eq "work" or primary eq true) and value pr]'],
    ['emails[type eq "work"]and title pr', 'emails[type eq "work"] and title pr'],
  ])('%s is about one element', (filter, same) => {
    expect(canonical(filter)).toBe(same)
  })

  test.each([
    'emails[type eq "work"].nothing eq "x"',
    'emails[type eq "work"].value',
    'emails[type eq "work"]..value pr',
  ])('%s is refused', (filter) => {
    expect(refusalOf(() => parseFilter(filter, 'User'))).toBe('400 invalidFilter')
  })
})

describe('precedence: not, then and, then or (§3.4.2.2)', () => {
  const a = 'title pr'
  const b = 'nickName pr'
  const c = 'locale pr'

  test.each([
    ['and binds closer than or', `${a} or ${b} and ${c}`, `${a} or (${b} and ${c})`],
    ['on the left too', `${a} and ${b} or ${c}`, `(${a} and ${b}) or ${c}`],
    ['not binds closest', `not (${a}) and ${b}`, `(not (${a})) and ${b}`],
    ['a chain of one word', `${a} and ${b} and ${c}`, `((${a} and ${b} and ${c}))`],
    ['brackets that change nothing', `((${a}))`, a],
  ])('%s', (_name, left, right) => {
    expect(parseFilter(left, 'User')).toEqual(parseFilter(right, 'User'))
  })

  test('brackets that matter are kept', () => {
    expect(canonical(`(${a} or ${b}) and ${c}`)).toBe(`(${a} or ${b}) and ${c}`)
  })
})

describe('values', () => {
  test.each([
    ['an escaped quote', 'title eq "a\\"b"', 'a"b'],
    ['an escaped backslash', 'title eq "a\\\\"', 'a\\'],
    ['a unicode escape', 'title eq "\\u00eb"', 'ë'],
    ['an escaped pair', 'title eq "\\ud83d\\ude00"', '😀'],
    ['line breaks by escape', 'title eq "a\\nb"', 'a\nb'],
    ['a slash by escape', 'title eq "a\\/b"', 'a/b'],
    ['words inside a text', 'title eq "x and y) or ["', 'x and y) or ['],
    ['an empty text', 'title eq ""', ''],
    ['SQL as text', `title eq "'; drop table users; --"`, "'; drop table users; --"],
    ['true', 'active eq true', true],
    ['false in capitals', 'active ne FALSE', false],
    ['Entra: booleans as text', 'active eq "True"', true],
    ['null', 'title eq null', null],
    ['a date', 'meta.created gt "2026-01-31"', '2026-01-31'],
  ])('%s', (_name, text, value) => {
    expect(parseFilter(text, 'User')).toMatchObject({ kind: 'compare', value })
  })

  test.each([
    ['an integer', '1'],
    ['a negative', '-1'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
  ])('%s is read, and refused where no attribute is a number', (_name, number) => {
    expect(detailOf(() => parseFilter(`title eq ${number}`, 'User'))).toContain('a text in double quotes was expected')
  })
})

describe('400 invalidFilter, with the position', () => {
  test.each<[string, string, number]>([
    ['nothing', '', 1],
    ['only blanks', '   ', 4],
    ['only a name', 'userName', 9],
    ['no value', 'userName eq', 12],
    ['no operator', 'userName "a"', 10],
    ['an operator of its own making', 'userName like "a"', 10],
    ['no name', 'eq "a"', 1],
    ['a value first', '"a" eq userName', 1],
    ['an unknown attribute', 'shoeSize eq "45"', 1],
    ['an unknown sub-attribute', 'title pr and name.shoe eq "a"', 14],
    ['an unknown URN', 'urn:acme:User:title eq "a"', 1],
    ['a name of the program', '__proto__.x eq "a"', 1],
    ['another one', 'constructor eq "a"', 1],
    ['and one more', 'name.toString pr', 1],
    ['an unquoted text', 'userName eq john', 13],
    ['single quotes', "userName eq 'john'", 13],
    ['an open text', 'userName eq "john', 13],
    ['a backslash at the end', 'userName eq "john\\', 13],
    ['a bad escape', 'userName eq "\\x41"', 13],
    ['a raw line break in a text', 'userName eq "a\nb"', 13],
    ['NUL by escape', 'userName eq "\\u0000"', 13],
    ['half a surrogate pair', 'userName eq "\\ud800"', 13],
    ['an open bracket', '(userName pr', 13],
    ['a closing bracket too many', 'userName pr)', 12],
    ['an open value path', 'emails[type eq "work"', 22],
    ['an empty value path', 'emails[]', 8],
    ['the wrong closing bracket', 'emails[type pr)', 15],
    ['a value path in a value path', 'emails[type[value pr]]', 12],
    ['a value path on a text', 'title[value pr]', 6],
    ['a value path with a name from outside', 'emails[userName pr]', 8],
    ['and with nothing after', 'title pr and', 13],
    ['or with nothing before', 'or title pr', 1],
    ['not without brackets', 'not title pr', 1],
    ['two filters in a row', 'title pr nickName pr', 10],
    ['something after the end', 'title pr "x"', 10],
    ['gt on a boolean', 'active gt true', 8],
    ['co on a boolean', 'active co true', 8],
    ['ge on binary', 'x509Certificates.value ge "a"', 24],
    ['co on a date', 'meta.created co "2026"', 14],
    ['a text for a boolean', 'active eq "yes"', 11],
    ['a number for a boolean', 'active eq 1', 11],
    ['a boolean for a text', 'title eq true', 10],
    ['not a date', 'meta.created gt "yesterday"', 17],
    ['a date that is none', 'meta.created gt "2026-13-45T00:00:00Z"', 17],
    ['null with gt', 'title gt null', 10],
    ['null with co', 'title co null', 10],
    ['a complex attribute without a value', 'name eq "John"', 6],
    ['an extension compared', `${ENTERPRISE_SCHEMA} eq "a"`, ENTERPRISE_SCHEMA.length + 2],
    ['a number with a tail', 'title eq 1a', 10],
    ['a leading zero', 'title eq 01', 10],
    ['semicolons', 'title eq "a"; drop', 13],
    ['emoji outside a text', 'title eq 😀', 10],
  ])('%s', (_name, text, position) => {
    const run = () => parseFilter(text, 'User')
    expect(refusalOf(run)).toBe('400 invalidFilter')
    expect(detailOf(run)).toContain(`position ${position}:`)
  })
})

describe('SECURITY L14: bounds are checked before parsing', () => {
  const terms = (n: number) => Array.from({ length: n }, () => 'title pr').join(' or ')
  const deep = (n: number) => `${'('.repeat(n)}title pr${')'.repeat(n)}`

  test.each([
    ['50 conditions', terms(50), 'accepted'],
    ['51 conditions', terms(51), '400 invalidFilter'],
    ['51 conditions without blanks', Array.from({ length: 51 }, () => '(title pr)').join('or'), '400 invalidFilter'],
    ['depth 20', deep(20), 'accepted'],
    ['depth 21', deep(21), '400 invalidFilter'],
    ['not, 21 deep', `${'not ('.repeat(21)}title pr${')'.repeat(21)}`, '400 invalidFilter'],
    ['2,048 characters', `title eq "${'x'.repeat(2_037)}"`, 'accepted'],
    ['2,049 characters', `title eq "${'x'.repeat(2_038)}"`, '400 invalidFilter'],
    ['100,000 brackets, without touching the stack', '('.repeat(100_000), '400 invalidFilter'],
    ['"and" in a text is no condition', `title eq "${' and '.repeat(100)}"`, 'accepted'],
    ['brackets in a text have no depth', `title eq "${'('.repeat(100)}"`, 'accepted'],
  ])('%s', (_name, text, expected) => {
    expect(refusalOf(() => parseFilter(text, 'User'))).toBe(expected)
  })

  test('POST /.search takes 8,192 characters', () => {
    const text = `title eq "${'x'.repeat(8_181)}"`
    expect(refusalOf(() => parseFilter(text, 'User', SEARCH_FILTER_LIMITS))).toBe('accepted')
    expect(refusalOf(() => parseFilter(`${text} `, 'User', SEARCH_FILTER_LIMITS))).toBe('400 invalidFilter')
  })

  test.each([
    ['quotes', '"'.repeat(2_048)],
    ['open texts', '"\\'.repeat(1_024)],
    ['blanks', ' '.repeat(2_048)],
    ['dots', 'a.'.repeat(1_024)],
    ['or', 'or '.repeat(682)],
    ['digits', '1'.repeat(2_048)],
    ['colons', 'urn:'.repeat(512)],
  ])('%s by the thousand are refused', (_name, text) => {
    expect(refusalOf(() => parseFilter(text, 'User'))).toBe('400 invalidFilter')
  })

  test('the error does not repeat the filter', () => {
    const text = `${'secret'.repeat(50)} eq "a"`
    expect(detailOf(() => parseFilter(text, 'User')).length).toBeLessThan(200)
  })
})

describe('an element filter (PATCH path)', () => {
  const emails = attributeIn(userSchema.attributes, 'emails')

  test('resolves against the sub-attributes only', () => {
    if (!emails) throw new Error('no emails in the table')
    expect(printFilter(parseElementFilter('TYPE eq "work" and primary eq "True"', emails))).toBe(
      'type eq "work" and primary eq true',
    )
    expect(refusalOf(() => parseElementFilter('userName pr', emails))).toBe('400 invalidFilter')
  })
})
