import { z } from 'zod'
import { LIST, list, type Noted, noteId, type OinCase } from './oin-case'

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const NAME = 'Pushed'
const RENAMED = 'Pushed, renamed'

const people = (noted: Noted) => ({ first: noted.get('first') ?? '', second: noted.get('made') ?? '' })
const address = (noted: Noted) => `/Groups/${noted.get('pushed')}`
const named = (name: string) =>
  `/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}&startIndex=1&count=100`

/** A group by its id, with exactly these members. */
const groupWith = (noted: Noted, name: string, members: string[]) =>
  z.object({
    id: z.literal(noted.get('pushed') ?? ''),
    displayName: z.literal(name),
    members: z
      .array(z.object({ value: z.string() }))
      .default([])
      .refine(
        (all) => JSON.stringify(all.map(({ value }) => value).sort()) === JSON.stringify([...members].sort()),
        `is not exactly ${members.length} members`,
      ),
  })

type Operations = (noted: Noted) => object[]

/** Okta names the group in every change of it. */
const names = (noted: Noted, displayName = NAME) => ({
  op: 'replace',
  value: { id: noted.get('pushed'), displayName },
})

const patch = (id: string, title: string, operations: Operations): OinCase => ({
  id,
  suite: 'Groups',
  title,
  ask: (noted) => ({
    method: 'PATCH',
    path: address(noted),
    body: { schemas: [PATCH], Operations: operations(noted) },
  }),
  status: 204,
  body: () => z.unknown(),
})

const look = (id: string, title: string, name: string, members: (noted: Noted) => string[]): OinCase => ({
  id,
  suite: 'Groups',
  title,
  ask: (noted) => ({ method: 'GET', path: address(noted) }),
  status: 200,
  body: (noted) => groupWith(noted, name, members(noted)),
})

/** Okta's group push (C9312 to C9333) as the requests it makes, for a group and two people of earlier cases. */
const pushCases: readonly OinCase[] = [
  {
    id: 'G look-up',
    suite: 'Groups',
    title: 'Push: nobody has the name yet',
    ask: () => ({ method: 'GET', path: named(NAME) }),
    status: 200,
    body: () => list(z.unknown(), { total: 0 }),
  },
  {
    id: 'G create',
    suite: 'Groups',
    title: 'Push: the group is created empty',
    ask: () => ({ method: 'POST', path: '/Groups', body: { schemas: [GROUP], displayName: NAME, members: [] } }),
    status: 201,
    body: () => z.object({ id: z.string().min(1), displayName: z.literal(NAME) }),
    note: noteId('pushed'),
  },
  patch('G add', 'Push: members are added by PATCH', (noted) => [
    names(noted),
    { op: 'add', path: 'members', value: [{ value: people(noted).first }, { value: people(noted).second }] },
  ]),
  look('G added', 'They are in it, and nobody else', NAME, (noted) => [people(noted).first, people(noted).second]),
  {
    id: 'G on person',
    suite: 'Groups',
    title: 'The person names the group',
    ask: (noted) => ({ method: 'GET', path: `/Users/${people(noted).first}` }),
    status: 200,
    body: (noted) =>
      z.object({
        groups: z.tuple([z.object({ value: z.literal(noted.get('pushed') ?? ''), display: z.literal(NAME) })]),
      }),
  },
  patch('G remove', 'Somebody leaves it: removed by a filter', (noted) => [
    names(noted),
    { op: 'remove', path: `members[value eq "${people(noted).first}"]` },
  ]),
  look('G removed', 'One left, one stayed', NAME, (noted) => [people(noted).second]),
  patch('G push now', 'Push now: name and all members are replaced', (noted) => [
    names(noted, RENAMED),
    { op: 'replace', path: 'members', value: [{ value: people(noted).first }] },
  ]),
  look('G pushed', 'Renamed on the same id, its members as Okta has them', RENAMED, (noted) => [people(noted).first]),
  {
    id: 'G link',
    suite: 'Groups',
    title: 'Link: the name finds the one group there is',
    ask: () => ({ method: 'GET', path: named(RENAMED) }),
    status: 200,
    body: (noted) => list(z.object({ id: z.literal(noted.get('pushed') ?? '') }), { total: 1 }),
  },
  {
    id: 'G put',
    suite: 'Groups',
    title: 'The wizard’s apps: the whole group by PUT',
    ask: (noted) => ({
      method: 'PUT',
      path: address(noted),
      body: { schemas: [GROUP], displayName: NAME, members: [{ value: people(noted).second }] },
    }),
    status: 200,
    body: (noted) => groupWith(noted, NAME, [people(noted).second]),
  },
]

const importSchema = z.object({
  id: z.string().min(1),
  userName: z.string().min(1),
  active: z.boolean(),
  name: z.object({ givenName: z.string().min(1), familyName: z.string().min(1) }),
  emails: z.array(z.object({ value: z.string().includes('@') })).min(1),
})

/** What an import reads, and how a push group ends. */
const importCases: readonly OinCase[] = [
  {
    id: 'C9303',
    suite: 'Groups',
    title: 'Import: every person, with whatever Okta matches by',
    ask: () => ({ method: 'GET', path: '/Users?startIndex=1&count=100' }),
    status: 200,
    body: () => list(importSchema, { from: 1 }),
  },
  {
    id: 'C9305',
    suite: 'Groups',
    title: 'Import: active or not is said of each, both are there',
    ask: () => ({ method: 'GET', path: '/Users?startIndex=1&count=100' }),
    status: 200,
    body: () =>
      z.object({
        Resources: z
          .array(z.object({ active: z.boolean() }))
          .refine(
            (all) => [true, false].every((is) => all.some(({ active }) => active === is)),
            'lacks one or the other',
          ),
      }),
  },
  {
    id: 'C9338',
    suite: 'Groups',
    title: 'Import of groups: with their members',
    ask: () => ({ method: 'GET', path: '/Groups?startIndex=1&count=100' }),
    status: 200,
    body: (noted) =>
      z.object({
        schemas: z.tuple([z.literal(LIST)]),
        Resources: z
          .array(
            z.object({
              id: z.string(),
              displayName: z.string(),
              members: z.array(z.object({ value: z.string() })).default([]),
            }),
          )
          .refine(
            (all) =>
              all.some(({ id, members }) => id === noted.get('pushed') && members[0]?.value === people(noted).second),
            'lacks the pushed group with its member',
          ),
      }),
  },
  {
    id: 'G unlink',
    suite: 'Groups',
    title: 'Unlink and delete: the group goes',
    ask: (noted) => ({ method: 'DELETE', path: address(noted) }),
    status: 204,
    body: () => z.unknown(),
  },
  {
    id: 'G stays',
    suite: 'Groups',
    title: 'Its people stay, active, and name it no more',
    ask: (noted) => ({ method: 'GET', path: `/Users/${people(noted).second}` }),
    status: 200,
    body: (noted) =>
      z.object({
        id: z.literal(people(noted).second),
        active: z.literal(true),
        groups: z.array(z.unknown()).max(0).optional(),
      }),
  },
]

export const groupCases: readonly OinCase[] = [...pushCases, ...importCases]
