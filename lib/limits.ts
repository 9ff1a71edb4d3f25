import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type Env, env } from './env'
import { type EvenLimit, makeEvenLimit, type Try } from './even-limit'
import { once } from './process'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DEMO_FACTOR = 100

/**
 * What is limited, how much and per how many seconds. `demo`: raised a hundredfold there, where imports and scripts run
 * freely. Each can be set by its variable; what is set is taken as it is.
 */
const LIMITS = {
  /** SCIM reads of one token. */
  scimReads: { variable: 'ROLLCALL_LIMIT_SCIM_READS', points: 1200, seconds: MINUTE, demo: true, burst: true },
  /** SCIM writes of one token. */
  scimWrites: { variable: 'ROLLCALL_LIMIT_SCIM_WRITES', points: 600, seconds: MINUTE, demo: true, burst: true },
  /** SCIM requests of one address whose token was wrong; counted after the failure only. */
  wrongTokens: { variable: 'ROLLCALL_LIMIT_WRONG_TOKENS', points: 20, seconds: MINUTE, demo: false, burst: false },
  /** Sign-ins one address begins. */
  signIns: { variable: 'ROLLCALL_LIMIT_SIGN_INS', points: 20, seconds: MINUTE, demo: true, burst: false },
  /** Forms one person sends. */
  adminWrites: { variable: 'ROLLCALL_LIMIT_ADMIN_WRITES', points: 60, seconds: MINUTE, demo: true, burst: false },
  /** Universal Logout requests of one org. */
  logouts: { variable: 'ROLLCALL_LIMIT_LOGOUTS', points: 120, seconds: MINUTE, demo: true, burst: false },
  /** Look-ups of one org's TXT records that somebody asks for. */
  domainChecks: { variable: 'ROLLCALL_LIMIT_DOMAIN_CHECKS', points: 30, seconds: MINUTE, demo: true, burst: false },
  /** Connection tests of one org: each makes us fetch an address somebody typed. */
  connectionTests: { variable: 'ROLLCALL_LIMIT_CONNECTION_TESTS', points: 10, seconds: HOUR, demo: true, burst: false },
  /** Readiness runs of one org: each makes a company and some thirty requests. */
  readinessRuns: { variable: 'ROLLCALL_LIMIT_READINESS_RUNS', points: 10, seconds: HOUR, demo: true, burst: false },
} as const

/** What only one at a time can be counted: open streams. */
const SLOTS = {
  session: { variable: 'ROLLCALL_LIMIT_STREAMS_PER_SESSION', most: 5 },
  org: { variable: 'ROLLCALL_LIMIT_STREAMS_PER_ORG', most: 50 },
} as const

export type LimitName = keyof typeof LIMITS
/** `crowded`: it may go on, but others with this key were refused within a second. */
export type Taken = { ok: true; crowded: boolean } | { ok: false; retryAfter: number }
type Limiter = {
  take: (key: string) => Try | Promise<Try>
  refuse?: EvenLimit['refuse']
  forget?: (key: string) => Promise<unknown>
}
type Limiters = {
  take: (name: LimitName, key: string) => Promise<Taken>
  refuse: (name: 'scimReads' | 'scimWrites', key: string) => Taken
  forget: (name: LimitName, key: string) => Promise<void>
}
type Settings = Partial<Pick<Env, (typeof LIMITS)[LimitName]['variable'] | 'ROLLCALL_LIMIT_SCIM_BURST'>> & {
  ROLLCALL_DEMO: boolean
}

const BURST = 200

/** One limiter of each kind, in memory: each process counts for itself. */
export function makeLimiters(settings: Settings): Limiters {
  const factor = (demo: boolean) => (demo && settings.ROLLCALL_DEMO ? DEMO_FACTOR : 1)
  const limiters = new Map<LimitName, Limiter>()
  const limiterOf = (name: LimitName): Limiter => {
    const { variable, points, seconds, demo, burst } = LIMITS[name]
    const most = settings[variable] ?? points * factor(demo)
    if (!burst) return makeWindow(most, seconds)
    return makeEvenLimit(most / seconds, settings.ROLLCALL_LIMIT_SCIM_BURST ?? BURST * factor(demo))
  }
  const kept = (name: LimitName): Limiter => {
    const limiter = limiters.get(name) ?? limiterOf(name)
    limiters.set(name, limiter)
    return limiter
  }
  return {
    take: async (name, key) => taken(await kept(name).take(key)),
    refuse: (name, key) => taken(kept(name).refuse?.(key) ?? FREE),
    forget: async (name, key) => void (await limiters.get(name)?.forget?.(key)),
  }
}

const FREE: Try = { wait: 0, crowded: false }

const taken = ({ wait, crowded }: Try): Taken =>
  wait === 0 ? { ok: true, crowded } : { ok: false, retryAfter: Math.min(MINUTE, Math.ceil(wait)) }

/** So many within the seconds that begin with the first of them. */
function makeWindow(points: number, seconds: number): Limiter {
  const window = new RateLimiterMemory({ points, duration: seconds })
  const take = async (key: string) => {
    try {
      await window.consume(key)
      return FREE
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      return { wait: Math.max(1, refusal.msBeforeNext / 1000), crowded: true }
    }
  }
  return { take, forget: (key) => window.delete(key) }
}

const limiters = () => once('limits', () => makeLimiters(env()))

/**
 * Counts one for `key`; when what it may have by now is used up, says in how many whole seconds it is worth trying again.
 * A refused try costs nothing further, so nobody is locked out by trying.
 */
export const takeLimit = (name: LimitName, key: string): Promise<Taken> => limiters().take(name, key)

/** Of a limit with a burst: the refusal `takeLimit` would give now; where it would take one, it is left. */
export const refuseLimit = (name: 'scimReads' | 'scimWrites', key: string): Taken => limiters().refuse(name, key)

/** Takes back what was counted for `key`: a demo's lab sends more wrong tokens than anybody should. */
export const forgetLimit = (name: LimitName, key: string): Promise<void> => limiters().forget(name, key)

/** How many streams one session or one org may hold open in this process. */
export const streamLimit = (of: keyof typeof SLOTS): number => {
  const { variable, most } = SLOTS[of]
  return env()[variable] ?? most * (env().ROLLCALL_DEMO ? DEMO_FACTOR : 1)
}
