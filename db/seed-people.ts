import type { Role } from './types'

export type SeedPerson = {
  firstName: string
  lastName: string
  title: string
  department: string
  /** Given by hand. */
  manualRole?: Role
  /** Given by Okta, as a SCIM `roles` value. */
  scimRole?: 'manager'
  tasks: string[]
}

/** A group Okta pushes; `role` is what an admin here made it give. Without `members`: everybody. */
export type SeedGroup = { name: string; members?: string[]; role?: 'admin' | 'manager' }

export type SeedOrg = { slug: string; name: string; domain: string; people: SeedPerson[]; groups: SeedGroup[] }

const person = (
  name: string,
  title: string,
  department: string,
  tasks: string[],
  rest: Partial<SeedPerson> = {},
): SeedPerson => {
  const [firstName = '', ...last] = name.split(' ')
  return { firstName, lastName: last.join(' '), title, department, tasks, ...rest }
}

/** The two fixture companies, in the seed, the tests and the demo alike. */
export const SEED: SeedOrg[] = [
  {
    slug: 'porter',
    name: 'Porter',
    domain: 'porter.example',
    people: [
      person('Olivia Grant', 'Founder', 'Management', ['Sign the lease for the new depot'], { manualRole: 'owner' }),
      person('Adam Clarke', 'IT administrator', 'IT', ['Renew the certificates', 'Write down who has which key'], {
        manualRole: 'admin',
      }),
      person('Maya Lindqvist', 'Operations manager', 'Operations', ['Plan the night shifts for December'], {
        scimRole: 'manager',
      }),
      person('Tom Becker', 'Dispatcher', 'Operations', ['Call the harbour about berth 4', 'Update the route sheet']),
      person('Priya Nair', 'Data analyst', 'Finance', ['Compare fuel costs with last quarter']),
      person('Lena Fischer', 'Support engineer', 'Support', ['Answer the three oldest tickets']),
    ],
    groups: [
      { name: 'Engineering managers', members: ['Maya Lindqvist', 'Lena Fischer'], role: 'manager' },
      { name: 'Everyone' },
    ],
  },
  {
    slug: 'white-rabbit',
    name: 'White Rabbit',
    domain: 'whiterabbit.example',
    people: [
      person('Alice Liddell', 'Managing director', 'Management', ['Choose the autumn catalogue cover'], {
        manualRole: 'owner',
      }),
      person('Dinah Reed', 'Systems administrator', 'IT', ['Replace the badge printer'], { manualRole: 'admin' }),
      person('Edith Hargreaves', 'Workshop manager', 'Workshop', ['Order springs and cases'], { scimRole: 'manager' }),
      person('Lewis Park', 'Watchmaker', 'Workshop', ['Finish the pocket watch for the museum']),
      person('Nora Hatter', 'Sales clerk', 'Sales', ['Send the offer to the station clock owners']),
      person('Bill Moreau', 'Apprentice', 'Workshop', ['Oil the lathe']),
    ],
    groups: [],
  },
]

/** The people of a seeded group. */
export const membersOf = (org: SeedOrg, { members }: SeedGroup): SeedPerson[] =>
  org.people.filter((p) => !members || members.includes(`${p.firstName} ${p.lastName}`))

/** userName and e-mail of a seeded person. */
export const loginOf = (org: SeedOrg, p: SeedPerson): string =>
  `${p.firstName}.${p.lastName}`.toLowerCase().replaceAll(' ', '-').concat('@', org.domain)
