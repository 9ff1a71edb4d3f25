import type { Cookies } from '../cookies'

/** A browser's cookies, kept from answer to answer, and the requests it makes with them. */
export function cookieBrowser(origin = 'http://localhost:3000') {
  const jar = new Map<string, string>()
  return {
    cookies: (): Cookies => Object.fromEntries(jar),
    put: (name: string, value: string) => jar.set(name, value),
    /** A request as this browser makes it. */
    request: (path: string, headers: Record<string, string> = {}) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
      return new Request(new URL(path, origin), { headers: { ...headers, cookie } })
    },
    /** Keeps what the answer sets. Returns where it leads. */
    keep: (response: Response | null): string => {
      for (const line of response?.headers.getSetCookie() ?? []) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        const value = decodeURIComponent(pair.slice(at + 1))
        if (value === '' || /max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), value)
      }
      return response?.headers.get('location') ?? ''
    },
  }
}
