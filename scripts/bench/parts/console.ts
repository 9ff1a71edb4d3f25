import { type Company, signInMany } from '../companies'
import { type Context, companyOf, numberRow, type Part, timeRow } from '../context'
import { signInOnce } from '../sign-in'
import { spread } from '../stats'
import { ms, type Row, short } from '../table'
import { inTurns, refuseFailures, sender } from '../turns'

/** What people wait for: pages, signing in, being told, being refused. */
export const consoleParts: Part[] = [
  { name: 'streams', run: streams },
  { name: 'refused', run: refused },
  { name: 'signIn', run: signIn },
  { name: 'pages', run: pages },
]

async function streams(context: Context): Promise<Row[]> {
  const { stack, options } = context
  const company = companyOf(context, 10_000)
  const cookies = await signInMany(stack, company, 20)
  const rows: Row[] = []
  for (const n of options.full ? [1, 100, 1000] : [1, 100]) {
    const told = await stack.client.watch({
      origin: stack.appUrl,
      base: company.base,
      token: company.token,
      path: `/api/orgs/${company.slug}/events/stream`,
      cookies: Array.from({ length: n }, (_, i) => cookies[i % cookies.length] ?? ''),
      ids: company.ids.slice(100, 200),
      writes: options.full ? 100 : 20,
    })
    const what = `SCIM answer → told, ${n.toLocaleString('en-US')} streams`
    const value = `p95 ${ms(told.p95)}`
    const range = `p50 ${short(told.p50)}, max ${short(told.max)}${told.untold > 0 ? `, ${told.untold} UNTOLD` : ''}`
    const holds = n === 100 ? told.p95 <= 250 && told.untold === 0 : null
    rows.push(numberRow('streams', what, value, { range, holds, target: n === 100 ? 'p95 ≤ 250 ms' : '' }))
  }
  return rows
}

/** The request right after the answer to a deactivation has to be refused; how long that takes. */
async function refused(context: Context): Promise<Row[]> {
  const { stack } = context
  const company = companyOf(context, 10_000)
  const taken: number[] = []
  const people = 15
  const cookies = await signInMany(stack, company, people, 300)
  for (const [i, cookie] of cookies.entries()) {
    await mustAnswer(stack.appUrl, company, cookie, 200)
    const { token, base } = company
    const facts = { base, tag: '', ids: [await idOf(stack.appUrl, company, cookie)] }
    const job = { kind: 'patchActive', origin: stack.appUrl, token, connections: 1, facts, from: 0, most: 1 } as const
    refuseFailures('refused', await stack.client.run(job))
    const began = performance.now()
    await mustAnswer(stack.appUrl, company, cookie, 401)
    if (i > 0) taken.push(performance.now() - began)
  }
  const { median, min, max } = spread(taken)
  const range = `${short(min)} - ${short(max)}`
  const what = `deactivated → the very next request refused, ${people} of ${people}`
  return [numberRow('refused', what, `p50 ${ms(median)}`, { range })]
}

const me = (appUrl: string, { slug }: Company, cookie: string) =>
  fetch(`${appUrl}/api/me?org=${slug}`, { headers: { cookie }, signal: AbortSignal.timeout(30_000) })

async function mustAnswer(appUrl: string, company: Company, cookie: string, status: number): Promise<void> {
  const response = await me(appUrl, company, cookie)
  await response.arrayBuffer()
  if (response.status !== status) throw new Error(`/api/me answered ${response.status}, not ${status}`)
}

async function idOf(appUrl: string, company: Company, cookie: string): Promise<string> {
  const { userId }: { userId: string } = await (await me(appUrl, company, cookie)).json()
  return userId
}

async function signIn({ stack, options }: Context): Promise<Row[]> {
  await stack.startOkta()
  const taken: number[] = []
  for (let i = 0; i <= options.rounds * 2; i++) {
    const began = performance.now()
    await signInOnce(stack.appUrl, 'porter', 'adam.clarke@porter.example')
    if (i > 1) taken.push(performance.now() - began)
  }
  const { median, min, max } = spread(taken)
  const range = `${short(min)} - ${short(max)}`
  return [numberRow('signIn', 'sign-in, the whole round trip with the stand-in', `p50 ${ms(median)}`, { range })]
}

async function pages(context: Context): Promise<Row[]> {
  const { stack, options, say } = context
  const company = companyOf(context, 100_000)
  const [cookie = ''] = await signInMany(stack, company, 1)
  const admin = `/orgs/${company.slug}/admin`
  const settings = ['provisioning', 'sign-in', 'domains', 'roles', 'general'].map((each) => `${admin}/settings/${each}`)
  const own = [`/orgs/${company.slug}`, `/orgs/${company.slug}/access`, `/orgs/${company.slug}/team`]
  const lists = [admin, `${admin}/users`, `${admin}/users/${company.ids[0]}`, `${admin}/groups`, `${admin}/events`]
  const there: string[] = []
  for (const path of [...own, ...lists, `${admin}/setup`, ...settings]) {
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
  const shown = (path: string) => path.replace(company.slug, '[org]').replace(company.ids[0] ?? '', '[id]')
  return measured.map((each) => timeRow('pages', `page ${shown(each.name)}`, each))
}
