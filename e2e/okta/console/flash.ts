import { OktaError } from '../errors'
import { newSecret } from '../ids'
import type { Exchange } from '../model'

/** What the last form post did, shown once on top of the next page, with the ids of the requests it sent. */
export type Flash = { tone: 'good' | 'bad' | 'warn'; text: string; requests?: string[] }

export type FlashShelf = { put: (flash: Flash) => string; take: (key: string | undefined) => Flash | null }

const KEPT = 100

/** Keeps flashes under a random key, so that a link cannot put words on the page. */
export function flashShelf(): FlashShelf {
  const shelf = new Map<string, Flash>()
  return {
    put: (flash) => {
      const key = newSecret().slice(0, 10)
      shelf.set(key, flash)
      const oldest = shelf.size > KEPT ? shelf.keys().next().value : undefined
      if (oldest !== undefined) shelf.delete(oldest)
      return key
    },
    take: (key) => (key === undefined ? null : (shelf.get(key) ?? null)),
  }
}

/** The outcome of an action in one line: what happened and what was sent. */
export function flashOf(
  { requests, error, waiting }: { requests: Exchange[]; error?: string; waiting?: boolean },
  done: string,
): Flash {
  const ids = requests.map(({ id }) => id)
  if (waiting) return { tone: 'warn', text: 'Okta waits and tries again by itself: see Tasks.', requests: ids }
  if (error) return { tone: 'bad', text: error, requests: ids }
  const count = requests.length
  const sent = count === 0 ? 'Nothing was sent.' : `${count} ${count === 1 ? 'request' : 'requests'} sent.`
  return { tone: 'good', text: `${done} ${sent}`, requests: ids }
}

/** The flash of a form post; what the stand-in will not do becomes its sentence. */
export async function attempt(work: () => Promise<Flash>): Promise<Flash> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OktaError)) throw error
    return { tone: 'bad', text: error.message }
  }
}
