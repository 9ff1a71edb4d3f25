/** Cookies by origin, as a browser keeps them. */
type Jar = Map<string, Map<string, string>>

/** Signs a person in as a browser does: our form, Okta's form, the callback. Throws when it does not end at the app. */
export async function signInOnce(appUrl: string, slug: string, login: string): Promise<void> {
  const jar: Jar = new Map()
  const okta = await send(jar, `${appUrl}/sign-in/${slug}/start`, { from: `/orgs/${slug}` })
  const done = await send(jar, okta, { login })
  if (!done.startsWith(`${appUrl}/orgs/`)) throw new Error(`${login} could not sign in: ${done}`)
}

/** Posts a form and follows where it leads; gives the last address. */
async function send(jar: Jar, address: string, form: Record<string, string>): Promise<string> {
  let url = new URL(address)
  let body: URLSearchParams | undefined = new URLSearchParams(form)
  for (let hops = 0; hops < 20; hops++) {
    const cookie = [...(jar.get(url.origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { origin: url.origin, ...(cookie ? { cookie } : {}) }
    const response: Response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      headers,
      ...(body ? { method: 'POST', body } : {}),
    })
    await response.arrayBuffer()
    remember(jar, url.origin, response.headers.getSetCookie())
    const location = response.headers.get('location')
    if (!location) return url.href
    url = new URL(location, url)
    body = undefined
  }
  throw new Error(`More redirects than a browser follows, at ${url.href}`)
}

function remember(jar: Jar, origin: string, lines: string[]) {
  const held = jar.get(origin) ?? new Map<string, string>()
  jar.set(origin, held)
  for (const line of lines) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (/max-age=0/i.test(line)) held.delete(pair.slice(0, at))
    else held.set(pair.slice(0, at), pair.slice(at + 1))
  }
}
