import 'server-only'
import { sha256 } from '@/lib/crypto'
import { type CookieKind, type Cookies, cookieName, setCookie } from './cookies'

/** What one sign-in under way keeps in the browser; two at once, as by two tabs, must not take it from each other. */
const KINDS = ['state', 'pkce', 'nonce', 'callback-url'] as const satisfies readonly CookieKind[]
/** Sign-ins of one org a browser may have open: their cookies travel with every request. */
const MOST_OPEN = 3

const markOf = (state: string): string => sha256(state).toString('hex').slice(0, 10)

/** The marks of the sign-ins open here, the oldest first: when it began, then what its state hashes to. */
function openMarks(slug: string, cookies: Cookies): string[] {
  const prefix = `${cookieName(slug, 'state')}.`
  return Object.keys(cookies)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((mark) => /^[0-9a-z]{8}[0-9a-f]{10}$/.test(mark))
    .sort()
}

const named = (slug: string, kind: (typeof KINDS)[number], mark: string): string => cookieName(slug, `${kind}.${mark}`)

/** next-auth's cookies of a sign-in that begins with this `state`, under names of their own; the oldest make room. */
export function keepFlow(slug: string, state: string, answer: string[], cookies: Cookies): string[] {
  const mark = Date.now().toString(36).padStart(8, '0') + markOf(state)
  const old = openMarks(slug, cookies).slice(0, -(MOST_OPEN - 1))
  return [...rename(slug, mark, answer), ...old.flatMap((each) => drop(slug, each))]
}

/** The browser's cookies with those of the sign-in `state` belongs to under the names next-auth looks for. */
export function flowOf(slug: string, state: string, cookies: Cookies): { cookies: Cookies; close: string[] } {
  const mark = openMarks(slug, cookies).find((each) => each.endsWith(markOf(state)))
  const rest = Object.fromEntries(Object.entries(cookies).filter(([name]) => !isPlain(slug, name)))
  if (!mark) return { cookies: rest, close: [] }
  const mine = KINDS.flatMap((kind) => {
    const value = cookies[named(slug, kind, mark)]
    return value === undefined ? [] : [[cookieName(slug, kind), value] as const]
  })
  return { cookies: { ...rest, ...Object.fromEntries(mine) }, close: drop(slug, mark) }
}

/** What next-auth sets at the end but its own cookies of the sign-in, which `close` takes away. */
export const withoutFlow = (slug: string, answer: string[]): string[] =>
  answer.filter((line) => !KINDS.some((kind) => line.startsWith(`${cookieName(slug, kind)}=`)))

const isPlain = (slug: string, name: string): boolean => KINDS.some((kind) => name === cookieName(slug, kind))

function rename(slug: string, mark: string, answer: string[]): string[] {
  return answer.map((line) => {
    const kind = KINDS.find((each) => line.startsWith(`${cookieName(slug, each)}=`))
    return kind ? named(slug, kind, mark) + line.slice(cookieName(slug, kind).length) : line
  })
}

const drop = (slug: string, mark: string): string[] => KINDS.map((kind) => setCookie(slug, `${kind}.${mark}`, '', 0))
