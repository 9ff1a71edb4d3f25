import { cpuOf } from './cpu'
import type { Job, Outcome } from './load'
import type { Stack } from './stack'
import { median, type Spread, spread } from './stats'

/** The first round: code is compiled, plans are made, connections are opened. */
const WARM_UP_REQUESTS = 2000
const WARM_UP_SECONDS = 8
/** Of all candidates together. */
const WARM_UP_IN_ALL = 16

/** Somebody whose turn comes in each round. */
export type Candidate = {
  name: string
  /** The process whose CPU time counts, besides the database's. */
  pid?: number
  turn: (round: number, seconds: number) => Promise<Outcome>
}

export type Measured = {
  name: string
  perSecond: Spread
  p50: Spread
  p95: Spread
  p99: Spread
  /** Microseconds of CPU for one request. */
  nodeUs: number | null
  databaseUs: number | null
  rounds: Outcome[]
}

/**
 * Gives every candidate its turn in each of the rounds, so that what the machine does meanwhile meets all alike. The
 * first round warms up and does not count.
 */
export async function inTurns(
  stack: Stack,
  candidates: Candidate[],
  rounds: number,
  seconds: number,
): Promise<Measured[]> {
  const taken = candidates.map((candidate) => ({ candidate, rounds: [] as Taken[] }))
  for (let round = 0; round <= rounds; round++) {
    for (const each of taken) {
      const warmUp = Math.min(WARM_UP_SECONDS, WARM_UP_IN_ALL / candidates.length)
      const one = await measure(stack, each.candidate, round, round === 0 ? warmUp : seconds)
      if (round > 0) each.rounds.push(one)
    }
  }
  return taken.map(({ candidate, rounds: all }) => summed(candidate.name, all))
}

type Taken = { outcome: Outcome; nodeMs: number | null; databaseMs: number | null }

async function measure(stack: Stack, { pid, turn }: Candidate, round: number, seconds: number): Promise<Taken> {
  const read = () => ({ node: pid ? cpuOf(pid) : null, database: cpuOf(stack.postgres.pid) })
  const before = read()
  const outcome = await turn(round, seconds)
  const after = read()
  const spent = (a: number | null, b: number | null) => (a === null || b === null ? null : b - a)
  return { outcome, nodeMs: spent(before.node, after.node), databaseMs: spent(before.database, after.database) }
}

function summed(name: string, taken: Taken[]): Measured {
  const of = (pick: (o: Outcome) => number) => spread(taken.map(({ outcome }) => pick(outcome)))
  const us = (pick: (t: Taken) => number | null) => {
    const values = taken.map((each) => {
      const ms = pick(each)
      return ms === null ? null : (ms * 1000) / Math.max(1, each.outcome.requests)
    })
    return values.some((v) => v === null) ? null : median(values.map((v) => v ?? 0))
  }
  return {
    name,
    perSecond: of((o) => o.perSecond),
    p50: of((o) => o.p50),
    p95: of((o) => o.p95),
    p99: of((o) => o.p99),
    nodeUs: us((t) => t.nodeMs),
    databaseUs: us((t) => t.databaseMs),
    rounds: taken.map(({ outcome }) => outcome),
  }
}

/** One against another, round by round: both of a round had the same machine. */
export const ratioOf = (mine: Measured, other: Measured): Spread =>
  spread(mine.rounds.map(({ perSecond }, i) => perSecond / (other.rounds[i]?.perSecond ?? Number.NaN)))

/** A candidate that sends requests, going on each round where the last one ended. */
export function sender(stack: Stack, name: string, pid: number, job: Omit<Job, 'from' | 'seconds'>): Candidate {
  let from = 0
  // A part that was given up ends with its client.
  const { client } = stack
  return {
    name,
    pid,
    turn: async (round, seconds) => {
      const first = round === 0 ? { most: WARM_UP_REQUESTS } : {}
      const outcome = await client.run({ ...job, from, seconds, ...first })
      from = outcome.next
      refuseFailures(name, outcome)
      return outcome
    },
  }
}

/** A bench of failures measures nothing. */
export function refuseFailures(name: string, { statuses, broken, sample }: Outcome) {
  const bad = Object.entries(statuses).filter(([status]) => Number(status) >= 400)
  if (bad.length > 0 || broken > 0) {
    throw new Error(`${name}: ${bad.map(([s, n]) => `${n} × ${s}`).join(', ')} ${broken} broken. ${sample}`)
  }
}
