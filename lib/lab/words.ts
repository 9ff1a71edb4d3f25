import type { Wrong } from './attempts'
import type { Fired, Refuser } from './fire'
import type { Standing } from './standing'

export type Wall = { wall: 1 | 2 | 3; name: string; sentence: string; where: string }

/** The three walls, each in one sentence. */
export const WALLS: readonly Wall[] = [
  {
    wall: 1,
    name: 'Route guard',
    sentence: 'The key names its company; on another company’s address it gets the 401 of a key nobody has.',
    where: 'lib/scim-api/authenticate.ts',
  },
  {
    wall: 2,
    name: 'Query scope',
    sentence: 'Every query asks for rows of the key’s company, so somebody else’s id leads nowhere.',
    where: 'lib/directory',
  },
  {
    wall: 3,
    name: 'Row-level security',
    sentence: 'Postgres shows and takes only rows of the company the key belongs to, whatever the query asks for.',
    where: 'db/sql/security.sql',
  },
]

export const SETTINGS: Readonly<Record<Standing, { label: string; sentence: string }>> = {
  3: {
    label: 'All three walls',
    sentence: 'As it is served: each request goes out over HTTP to this server’s address.',
  },
  2: {
    label: 'Without wall 1',
    sentence: 'For one request nobody compares the address with the key. It goes into an app of the lab’s own.',
  },
  1: {
    label: 'Wall 3 alone',
    sentence: 'For one request the queries are also told to ask for White Rabbit’s rows. Postgres is all that is left.',
  },
}

export const WRONGS: Readonly<Record<Wrong, { label: string; sentence: string }>> = {
  address: { label: 'Address', sentence: 'Porter’s key, logout token or session on White Rabbit’s address' },
  id: { label: 'Id', sentence: 'White Rabbit’s ids and names on Porter’s own address' },
  member: { label: 'Member', sentence: 'White Rabbit’s person as a member of Porter’s group' },
  filter: { label: 'Filter', sentence: 'A filter that asks for White Rabbit’s, or simply for everybody' },
  domain: { label: 'Domain', sentence: 'A person with White Rabbit’s userName and e-mail address' },
  reference: { label: 'Reference', sentence: 'Bulk operations that pass White Rabbit’s ids on by reference' },
}

/** Who stopped it, in a word for a cell and a sentence for the page. */
export const REFUSERS: Readonly<Record<Refuser, { cell: string; wall: 1 | 2 | 3 | null; sentence: string }>> = {
  guard: { cell: 'Wall 1', wall: 1, sentence: 'Stopped at wall 1: the key belongs to Porter, the address does not.' },
  scope: {
    cell: 'Wall 2',
    wall: 2,
    sentence: 'Stopped at wall 2: the query asked among Porter’s rows, and this is none of them.',
  },
  rls: {
    cell: 'Wall 3',
    wall: 3,
    sentence: 'Stopped at wall 3: the query asked for White Rabbit’s rows, and Postgres showed it none.',
  },
  nothing: {
    cell: 'Own only',
    wall: null,
    sentence:
      'Nothing to stop: the answer is about the service or about Porter’s own, and White Rabbit is not touched.',
  },
}

/** The verdict on a shot in one sentence. */
export function verdictOf(fired: Fired): string {
  if (!fired.unchanged) return 'White Rabbit changed meanwhile. Look at its event log: was it this request?'
  if (!fired.same) return 'The answer differs from the control. That tells something, and should not.'
  return fired.database
    ? `${REFUSERS[fired.refuser].sentence} It said: “${fired.database}”.`
    : REFUSERS[fired.refuser].sentence
}
