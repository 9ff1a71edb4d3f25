import { z } from 'zod'
import { byName, LIST, list, noteId, type OinCase, oktaPerson, scimError, USER } from './oin-case'

const NAME = 'runscope.user@porter.example'
const named = { givenName: 'Runs', familyName: 'Cope' }
const person = z.object({
  id: z.string().min(1),
  name: z.object({ givenName: z.string().min(1), familyName: z.string().min(1) }),
  userName: z.string().min(1),
  active: z.literal(true),
  emails: z.array(z.object({ value: z.string().includes('@') })).min(1),
})
const made = z.object({
  id: z.string().min(1),
  active: z.literal(true),
  userName: z.literal(NAME),
  name: z.object({ givenName: z.literal('Runs'), familyName: z.literal('Cope') }),
})

/** Okta's SPEC suite, in its order. It needs one person to be there already. */
export const specCases: readonly OinCase[] = [
  {
    id: 'R01',
    suite: 'SPEC',
    title: 'A list of one: numbers, and a whole person',
    ask: () => ({ method: 'GET', path: '/Users?count=1&startIndex=1' }),
    status: 200,
    body: () => list(person, { perPage: 1, from: 1 }),
    note: (body, noted) => void noted.set('first', String(Object(Object(body).Resources?.[0]).id)),
  },
  {
    id: 'R02',
    suite: 'SPEC',
    title: 'The same person by id',
    ask: (noted) => ({ method: 'GET', path: `/Users/${noted.get('first')}` }),
    status: 200,
    body: (noted) => person.extend({ id: z.literal(noted.get('first') ?? '') }),
  },
  {
    id: 'R03',
    suite: 'SPEC',
    title: 'A filter for somebody who is not there: 200 and nobody',
    ask: () => ({ method: 'GET', path: byName('nobody-4711@porter.example') }),
    status: 200,
    body: () => list(person, { total: 0 }),
  },
  {
    id: 'R04',
    suite: 'SPEC',
    title: 'A missing id: 404 with detail and schema',
    ask: () => ({ method: 'GET', path: '/Users/010101001010101011001010101011' }),
    status: 404,
    body: () => scimError(404),
  },
  {
    id: 'R05',
    suite: 'SPEC',
    title: 'Create: 201 with what was sent',
    ask: () => ({ method: 'POST', path: '/Users', body: oktaPerson(NAME, named) }),
    status: 201,
    body: () => made.extend({ schemas: z.array(z.string()).refine((all) => all.includes(USER), `lacks ${USER}`) }),
    note: noteId('made'),
  },
  {
    id: 'R06',
    suite: 'SPEC',
    title: 'Who was created, by id: the same names',
    ask: (noted) => ({ method: 'GET', path: `/Users/${noted.get('made')}` }),
    status: 200,
    body: (noted) => made.extend({ id: z.literal(noted.get('made') ?? '') }),
  },
  {
    id: 'R07',
    suite: 'SPEC',
    title: 'The same again: 409, with the user name in detail',
    ask: () => ({ method: 'POST', path: '/Users', body: oktaPerson(NAME, named) }),
    status: 409,
    body: () => scimError(409, { scimType: z.literal('uniqueness'), detail: z.string().includes(NAME) }),
  },
  {
    id: 'R08',
    suite: 'SPEC',
    title: 'The user name in upper case finds the person',
    ask: () => ({ method: 'GET', path: byName(NAME.toUpperCase()) }),
    status: 200,
    body: (noted) => list(made.extend({ id: z.literal(noted.get('made') ?? '') }), { total: 1 }),
  },
  {
    id: 'R09',
    suite: 'SPEC',
    title: 'A wrong token: 401, status as text, detail and schema',
    ask: () => ({ method: 'GET', path: byName(NAME), wrongToken: true }),
    status: 401,
    body: () => scimError(401),
  },
  {
    id: 'R10',
    suite: 'SPEC',
    title: 'A random id: 404, status as text, detail and schema',
    ask: () => ({ method: 'GET', path: '/Users/00919288221112222' }),
    status: 404,
    body: () => scimError(404),
  },
  {
    id: 'R11',
    suite: 'SPEC',
    title: 'Groups are listed',
    optional: true,
    ask: () => ({ method: 'GET', path: '/Groups' }),
    status: 200,
    body: () => z.object({ schemas: z.tuple([z.literal(LIST)]), totalResults: z.number() }),
  },
]
