import type { SeedOrg, SeedPerson } from './seed-people'

const WORDS = ['Amber', 'Birch', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Grove', 'Harbor', 'Iris', 'Juniper']
const TRADES = ['Freight', 'Clinics', 'Foods', 'Energy', 'Books']
const FIRST = ['Ada', 'Ben', 'Clara', 'David', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Katja']
const LAST = [
  'Abel',
  'Brandt',
  'Costa',
  'Dvorak',
  'Eriksen',
  'Fontaine',
  'Gallo',
  'Horvat',
  'Iversen',
  'Jansen',
  'Keller',
  'Lund',
  'Moretti',
]

const TASKS = [
  'Sign the lease',
  'Renew the certificates',
  'Plan the shifts',
  'Draw up the plan',
  'Close the month',
  'Answer the oldest tickets',
]

const POSTS: [title: string, department: string, rest: Partial<SeedPerson>][] = [
  ['Managing director', 'Management', { manualRole: 'owner' }],
  ['IT administrator', 'IT', { manualRole: 'admin' }],
  ['Team manager', 'Operations', { scimRole: 'manager' }],
  ['Planner', 'Operations', {}],
  ['Accountant', 'Finance', {}],
  ['Support engineer', 'Support', {}],
]

const pick = (list: string[], at: number): string => list[at % list.length] ?? ''

/** One of the companies made on demand, the same each time: number 0 is Amber Freight. Past fifty the name is counted. */
export function companyNo(at: number): SeedOrg {
  const round = Math.floor(at / (WORDS.length * TRADES.length))
  const trade = pick(TRADES, at + Math.floor(at / WORDS.length))
  const name = `${pick(WORDS, at)} ${trade}${round > 0 ? ` ${round + 1}` : ''}`
  const slug = name.toLowerCase().replaceAll(' ', '-')
  const people = POSTS.map(([title, department, rest], post): SeedPerson => {
    const tasks = [`${TASKS[post]} of ${name}`]
    return { firstName: pick(FIRST, at + post), lastName: pick(LAST, at * 3 + post), title, department, tasks, ...rest }
  })
  return { slug, name, domain: `${slug}.example`, people, groups: [{ name: 'Everyone' }] }
}
