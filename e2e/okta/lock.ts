const inFlight = new Map<string, Promise<unknown>>()

/** Okta works on one change of a person or group after the other; two clicks at once must not interleave. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = inFlight.get(key) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(work)
  inFlight.set(key, mine)
  const done = () => {
    if (inFlight.get(key) === mine) inFlight.delete(key)
  }
  mine.then(done, done)
  return mine
}
