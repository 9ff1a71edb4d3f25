import 'server-only'
import { demoCompany } from '@/lib/demo/companies'
import { demoKeyCookie } from '@/lib/demo/key'
import { env } from '@/lib/env'
import { once } from '@/lib/process'
import { LabError, type Visit } from './ground'

const WITHIN_MS = 20_000
const MOST_STEPS = 12

const visits = () => once('lab.visits', () => new Map<string, Visit>())

/** The session of the company's admin, signed in at its Okta as in a browser; kept while it is alive. */
export async function visitOf(slug: string): Promise<Visit> {
  const held = visits().get(slug)
  if (held && (await ask(`/api/me?org=${slug}`, held.cookie)).status === 200) return held
  const visit = await signIn(slug)
  visits().set(slug, visit)
  return visit
}

const ask = (path: string, cookie: string) =>
  fetch(new URL(path, env().ROLLCALL_URL), { headers: { cookie }, cache: 'no-store', redirect: 'manual' })

async function signIn(slug: string): Promise<Visit> {
  const login = (await demoCompany(slug)).people.admin
  const jar = cookieJar()
  const start = new URL(`/sign-in/${slug}/start`, env().ROLLCALL_URL)
  const page = await jar.follow(start, { from: `/orgs/${slug}/admin/users` })
  // The stand-in asks who it is; who it is knows no password.
  const list = await jar.follow(page.url, { login })
  if (list.url.origin !== start.origin || list.status !== 200)
    throw new LabError(`${login} could not sign in at the Okta stand-in. Start the demo over, then fire again.`)
  const [, id] = /\/admin\/users\/([0-9a-f-]{36})/.exec(list.text) ?? []
  const person = await jar.follow(new URL(`/orgs/${slug}/admin/users/${id}`, start))
  const setRole = actionIn(person.text)
  if (!setRole) throw new LabError('The page of a person shows no form that gives a role.')
  return { cookie: jar.header(start), setRole }
}

/** The id of the action behind the form with a `role`, as the page itself says it for browsers without scripts. */
function actionIn(html: string): string | null {
  const form = html.split('<form').find((part) => part.split('</form>')[0]?.includes('name="role"'))
  const [, id] = /(?:&quot;|")id(?:&quot;|"):(?:&quot;|")([0-9a-f]{40,})/.exec(form ?? '') ?? []
  return id ?? null
}

/** Just enough of a browser: cookies by host, redirects, plain forms. */
function cookieJar() {
  const held = new Map<string, string>()
  const header = ({ host }: URL) =>
    [...held].flatMap(([key, value]) => (key.startsWith(`${host} `) ? [value] : [])).join('; ')
  const follow = async (to: URL, fields?: Record<string, string>) => {
    let [url, form] = [to, fields]
    for (let step = 0; step < MOST_STEPS; step++) {
      const answer = await fetch(url, {
        method: form ? 'POST' : 'GET',
        headers: {
          cookie: [demoKeyCookie(), header(url)].filter(Boolean).join('; '),
          ...(form ? { origin: url.origin } : {}),
        },
        ...(form ? { body: new URLSearchParams(form) } : {}),
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.timeout(WITHIN_MS),
      }).catch((cause) => {
        throw new LabError('The Okta stand-in does not answer, so nobody can sign in. Fire again once it is back.', {
          cause,
        })
      })
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        held.set(`${url.host} ${pair.split('=')[0]}`, pair)
      }
      const next = answer.headers.get('location')
      if (!next || answer.status < 300 || answer.status > 399)
        return { url, status: answer.status, text: await answer.text() }
      ;[url, form] = [new URL(next, url), undefined]
    }
    throw new LabError('Signing in at the Okta stand-in led in a circle. Start the demo over, then fire again.')
  }
  return { follow, header }
}
