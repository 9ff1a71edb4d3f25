import { describe, expect, test } from 'vitest'
import { changes } from './patch-fixtures'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { USER_SCHEMA } from './schemas/user'

type Row = [name: string, operations: unknown, expected: string[]]

describe('RFC 7644 §3.5.2.3 replace', () => {
  test.each<Row>([
    ['an attribute', [{ op: 'replace', path: 'title', value: 'Head' }], ['title: "Porter" → "Head"']],
    ['one that is not there', [{ op: 'replace', path: 'nickName', value: 'J' }], ['nickName: nothing → "J"']],
    ['the same value changes nothing', [{ op: 'replace', path: 'active', value: true }], []],
    ['null unsets', [{ op: 'replace', path: 'title', value: null }], ['title: "Porter" → nothing']],
    [
      'a complex value keeps what is not named',
      [{ op: 'replace', path: 'name', value: { familyName: 'Roe' } }],
      ['name.familyName: "Doe" → "Roe"'],
    ],
    [
      'a sub-attribute given as null goes',
      [{ op: 'replace', path: 'name', value: { familyName: 'Roe', formatted: null } }],
      ['name.familyName: "Doe" → "Roe"', 'name.formatted: "John Doe" → nothing'],
    ],
    [
      'a list as a whole',
      [{ op: 'replace', path: 'emails', value: [{ value: 'new@porter.example', type: 'work' }] }],
      [
        'emails[type eq "work"].value: "john.doe@porter.example" → "new@porter.example"',
        'emails[type eq "work"].primary: true → nothing',
        'emails[type eq "home"].value: "john@home.example" → nothing',
      ],
    ],
    [
      'a list by an empty one',
      [{ op: 'replace', path: 'phoneNumbers', value: [] }],
      ['phoneNumbers[type eq "work"].value: "+43 1 555" → nothing'],
    ],
    [
      'the value of an element',
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'jd@porter.example' }],
      ['emails[type eq "work"].value: "john.doe@porter.example" → "jd@porter.example"'],
    ],
    [
      'an element keeps the sub-attributes that are not named',
      [{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'jd@porter.example' } }],
      ['emails[type eq "work"].value: "john.doe@porter.example" → "jd@porter.example"'],
    ],
    [
      'RFC example: an address as a whole',
      [
        {
          op: 'replace',
          path: 'addresses[type eq "work"]',
          value: { type: 'work', streetAddress: '911 Universal City Plaza', locality: 'Hollywood', primary: true },
        },
      ],
      [
        'addresses[type eq "work"].streetAddress: "Ring 1" → "911 Universal City Plaza"',
        'addresses[type eq "work"].locality: "Wien" → "Hollywood"',
        'addresses[type eq "work"].primary: nothing → true',
      ],
    ],
    [
      'every element that matches',
      [{ op: 'replace', path: 'emails[value co "example"].display', value: 'x' }],
      ['emails[type eq "work"].display: nothing → "x"', 'emails[type eq "home"].display: nothing → "x"'],
    ],
    [
      'primary through a value path flips the other',
      [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      ['emails[type eq "work"].primary: true → false', 'emails[type eq "home"].primary: nothing → true'],
    ],
    [
      'the value of the only element, without a filter',
      [{ op: 'replace', path: 'phoneNumbers.value', value: '+43 9' }],
      ['phoneNumbers[type eq "work"].value: "+43 1 555" → "+43 9"'],
    ],
    [
      'names in any case',
      [{ op: 'REPLACE', path: 'NAME.GIVENNAME', value: 'Jon' }],
      ['name.givenName: "John" → "Jon"'],
    ],
    [
      'the core URN',
      [{ op: 'replace', path: `${USER_SCHEMA}:name.givenName`, value: 'Jon' }],
      ['name.givenName: "John" → "Jon"'],
    ],
    [
      'the enterprise URN, down to a sub-attribute',
      [{ op: 'replace', path: `${ENTERPRISE_SCHEMA}:manager.value`, value: 'm-2' }],
      [`${ENTERPRISE_SCHEMA}:manager.value: "m-1" → "m-2"`],
    ],
  ])('%s', (_name, operations, expected) => {
    expect(changes(operations).sort()).toEqual([...expected].sort())
  })
})
