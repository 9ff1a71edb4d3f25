import { z } from 'zod'
import { byName, list, type Noted, noteId, type OinCase, oktaPerson } from './oin-case'

const NAME = 'crud.user@porter.example'
const was = { givenName: 'Crud', familyName: 'User' }
const is = { ...was, givenName: 'Renamed' }
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

const seen = (noted: Noted, active: boolean, givenName: string) =>
  z.object({
    id: z.literal(noted.get('crud') ?? ''),
    active: z.literal(active),
    name: z.object({ givenName: z.literal(givenName), familyName: z.literal('User') }),
  })

const look = (id: string, title: string, active: boolean, givenName: string): OinCase => ({
  id,
  suite: 'CRUD',
  title,
  ask: () => ({ method: 'GET', path: byName(NAME) }),
  status: 200,
  body: (noted) => list(seen(noted, active, givenName), { total: 1 }),
})

const setActive = (id: string, title: string, active: boolean): OinCase => ({
  id,
  suite: 'CRUD',
  title,
  ask: (noted) => ({
    method: 'PATCH',
    path: `/Users/${noted.get('crud')}`,
    body: { schemas: [PATCH], Operations: [{ op: 'replace', value: { active } }] },
  }),
  status: 200,
  body: (noted) => seen(noted, active, 'Renamed'),
})

/** Okta's CRUD suite as the requests Okta makes of it: what is done there is seen here. */
export const crudCases: readonly OinCase[] = [
  {
    id: 'C9290',
    suite: 'CRUD',
    title: 'Assign: the person is created',
    ask: () => ({ method: 'POST', path: '/Users', body: oktaPerson(NAME, was) }),
    status: 201,
    body: () => z.object({ id: z.string().min(1), active: z.literal(true), externalId: z.literal(`00u-${NAME}`) }),
    note: noteId('crud'),
  },
  look('C9307', 'Assigned: the person is visible', true, 'Crud'),
  {
    id: 'C9291',
    suite: 'CRUD',
    title: 'Rename: the whole person by PUT',
    ask: (noted) => ({
      method: 'PUT',
      path: `/Users/${noted.get('crud')}`,
      body: oktaPerson(NAME, is, { id: noted.get('crud'), title: 'Driver' }),
    }),
    status: 200,
    body: (noted) => seen(noted, true, 'Renamed').extend({ title: z.literal('Driver') }),
  },
  {
    id: 'C9337',
    suite: 'CRUD',
    title: 'An emptied value is pushed: the attribute is gone',
    ask: (noted) => ({
      method: 'PUT',
      path: `/Users/${noted.get('crud')}`,
      body: oktaPerson(NAME, is, { id: noted.get('crud'), title: '' }),
    }),
    status: 200,
    body: (noted) => seen(noted, true, 'Renamed').extend({ title: z.never().optional() }),
  },
  setActive('C9292', 'Deactivate by PATCH', false),
  look('C9294', 'Deactivated: still listed, inactive', false, 'Renamed'),
  setActive('C9293', 'Reactivate: the same id and the same attributes', true),
  look('C9300', 'Reactivated: active on the same id', true, 'Renamed'),
  {
    id: 'C9311',
    suite: 'CRUD',
    title: 'Unassign by PUT, as the wizard’s apps do',
    ask: (noted) => ({
      method: 'PUT',
      path: `/Users/${noted.get('crud')}`,
      body: oktaPerson(NAME, is, { id: noted.get('crud'), active: false }),
    }),
    status: 200,
    body: (noted) => seen(noted, false, 'Renamed'),
  },
]
