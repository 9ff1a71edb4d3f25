import { type Company, signInMany } from '../companies'
import { type Context, companyOf, numberRow, type Part } from '../context'
import { signInOnce } from '../sign-in'
import { spread } from '../stats'
import { ms, type Row, short } from '../table'
import { refuseFailures } from '../turns'

/** What people wait for besides pages: signing in, being refused. */
export const consoleParts: Part[] = [
  { name: 'refused', run: refused },
  { name: 'signIn', run: signIn },
]

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
