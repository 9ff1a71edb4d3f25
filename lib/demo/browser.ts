import 'server-only'
import { env } from '@/lib/env'
import { DemoError } from './errors'
import { demoKeyCookie } from './key'

const WITHIN_MS = 30_000
const MOST_HOPS = 20

export type Visited = { asked: string; status: number; ended: string; answer: unknown }

/** A browser without scripts: cookies by origin, redirects followed. What a person would do, done for them. */
export function openBrowser() {
  const jar = new Map<string, Map<string, string>>()

  async function go(address: string, form?: Record<string, string>): Promise<{ response: Response; url: URL }> {
    let url = new URL(address)
    let body = form ? new URLSearchParams(form) : null
    for (let hops = 0; hops < MOST_HOPS; hops += 1) {
      const response = await ask(url, body)
      remember(url.origin, response.headers.getSetCookie())
      const location = response.headers.get('location')
      if (!location) return { response, url }
      await response.arrayBuffer()
      url = new URL(location, url)
      body = null
    }
    throw new DemoError(`More redirects than a browser follows, at ${url.pathname}`)
  }

  function ask(url: URL, body: URLSearchParams | null): Promise<Response> {
    const held = [...(jar.get(url.origin) ?? [])].map(([name, value]) => `${name}=${value}`)
    const cookie = [demoKeyCookie(), ...held].filter(Boolean).join('; ')
    return fetch(url, {
      redirect: 'manual',
      cache: 'no-store',
      headers: { origin: url.origin, accept: 'text/html,application/json', ...(cookie ? { cookie } : {}) },
      ...(body ? { method: 'POST', body } : {}),
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch((cause) => {
      throw new DemoError(`${url.origin} did not answer John’s browser. Try again.`, { cause })
    })
  }

  function remember(origin: string, lines: string[]) {
    const held = jar.get(origin) ?? new Map<string, string>()
    jar.set(origin, held)
    for (const line of lines) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) held.delete(pair.slice(0, at))
      else held.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  return {
    /** Opens an address of Rollcall. JSON is kept as it came; of a page only where it ended. */
    visit: async (path: string): Promise<Visited> => {
      const { response, url } = await go(`${env().ROLLCALL_URL}${path}`)
      const isJson = response.headers.get('content-type')?.includes('json')
      const text = await response.text()
      return { asked: path, status: response.status, ended: shown(url), answer: isJson ? JSON.parse(text) : null }
    },
    /** Presses Sign in at a company, and says at its Okta who it is. Ends wherever that leads, refusals included. */
    signIn: async (slug: string, login: string): Promise<Visited> => {
      const app = env().ROLLCALL_URL
      const asked = `/sign-in/${slug}/start`
      const first = await go(`${app}${asked}`, { from: `/orgs/${slug}` })
      const atOkta = first.url.origin !== new URL(app).origin
      await first.response.arrayBuffer()
      const last = atOkta ? await go(first.url.href, { login }) : first
      if (last !== first) await last.response.arrayBuffer()
      return { asked, status: last.response.status, ended: shown(last.url), answer: null }
    },
  }
}
export type Browser = ReturnType<typeof openBrowser>

const shown = (url: URL): string => `${url.pathname}${url.search}`
