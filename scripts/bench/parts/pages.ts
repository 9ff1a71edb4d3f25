import { listEvents } from '@/lib/events/query'
import { type Company, signInMany } from '../companies'
import { type Context, companyOf, largestOf, type Part, timeRow } from '../context'
import type { Row } from '../table'
import { inTurns, sender } from '../turns'

/** Every page of the console in a large company, as an admin of it gets it: from the request to the last byte. */
export const pageParts: Part[] = [
  { name: 'pages', run: (context) => pages(context, companyOf(context, 100_000)) },
  { name: 'pagesLarge', when: 'large', run: (context) => pages(context, largestOf(context)) },
]

const MOST_MS = 150

async function addresses({ slug, orgId, ids, groups }: Company): Promise<string[]> {
  const home = `/orgs/${slug}`
  const admin = `${home}/admin`
  const { events } = await listEvents(orgId, { limit: 1 })
  const search = (q: string) => `?${new URLSearchParams({ q })}`
  return [
    ...['', '/access', '/team', '/step-up'].map((each) => home + each),
    admin,
    ...['', '?tab=inactive', '?sort=signin', '?role=admin'].map((each) => `${admin}/users${each}`),
    ...['number 99', 'nobody at all'].map((q) => `${admin}/users${search(q)}`),
    `${admin}/users${search('number')}&sort=signin`,
    ...['', '/edit'].map((each) => `${admin}/users/${ids[0]}${each}`),
    ...['import', 'new', 'review'].map((each) => `${admin}/users/${each}`),
    `${admin}/groups`,
    `${admin}/groups/${groups[50_000]}`,
    ...['', search('status:failed'), search('type:user.created'), search('grace'), '?range=30d', '?reads=1'].map(
      (each) => `${admin}/events${each}`,
    ),
    `${admin}/events/${events[0]?.ref}`,
    ...['provisioning', 'sign-in', 'domains', 'roles', 'general'].map((each) => `${admin}/settings/${each}`),
    `${admin}/setup`,
    `${admin}/setup/readiness`,
  ]
}

async function pages(context: Context, company: Company): Promise<Row[]> {
  const { stack, options, say } = context
  const [cookie = ''] = await signInMany(stack, company, 1)
  const there: string[] = []
  for (const path of await addresses(company)) {
    const signal = AbortSignal.timeout(30_000)
    const response = await fetch(stack.appUrl + path, { headers: { cookie }, redirect: 'manual', signal })
    await response.arrayBuffer()
    if (response.status === 200) there.push(path)
    else say(`  ${path} answers ${response.status}, left out`)
  }
  const candidates = there.map((path) =>
    sender(stack, path, stack.app().pid, {
      kind: 'path',
      origin: stack.appUrl,
      cookie,
      connections: 1,
      facts: { base: '', tag: '', paths: [path] },
    }),
  )
  const measured = await inTurns(stack, candidates, options.full ? options.rounds : 3, Math.min(options.seconds, 0.4))
  return measured.map((each) =>
    timeRow('pages', `page ${shown(company, each.name)}`, each, {
      target: `p50 ≤ ${MOST_MS} ms`,
      holds: each.p50.median <= MOST_MS,
    }),
  )
}

const shown = ({ slug, ids, groups }: Company, path: string) =>
  decodeURIComponent(path.replaceAll('+', ' '))
    .replace(slug, '[org]')
    .replace(ids[0] ?? '', '[id]')
    .replace(groups[50_000] ?? '', '[of 50,000]')
    .replace(/evt_\w+/, '[id]')
