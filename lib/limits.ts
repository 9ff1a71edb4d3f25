import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type Env, env } from './env'
import { once } from './process'

const MINUTE = 60
const HOUR = 60 * MINUTE
/** How long it takes until a burst may be had again. */
const BURST_WINDOW = 10 * MINUTE
/** What has a burst has the rest of its minute evenly: in parts of a second, or of as long as it takes to allow so many. */
const LEAST_PART = 10
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
export type Taken = { ok: true } | { ok: false; retryAfter: number }
/** `even`: how many a part allows and how many a second that makes. */
type Limiter = Pick<RateLimiterMemory, 'consume'> &
  Partial<Pick<RateLimiterMemory, 'delete'>> & { even?: { points: number; perSecond: number } }
type Take = (name: LimitName, key: string) => Promise<Taken>
type Settings = Partial<Pick<Env, (typeof LIMITS)[LimitName]['variable'] | 'ROLLCALL_LIMIT_SCIM_BURST'>> & {
  ROLLCALL_DEMO: boolean
}

const BURST = 200

/** One limiter of each kind, in memory: each process counts for itself. */
export function makeLimiters(settings: Settings): Take & { forget: (name: LimitName, key: string) => Promise<void> } {
  const factor = (demo: boolean) => (demo && settings.ROLLCALL_DEMO ? DEMO_FACTOR : 1)
  const limiters = new Map<LimitName, Limiter>()
  const limiterOf = (name: LimitName): Limiter => {
    const { variable, points, seconds, demo, burst } = LIMITS[name]
    const most = settings[variable] ?? points * factor(demo)
    if (!burst) return new RateLimiterMemory({ points: most, duration: seconds })
    const duration = Math.min(seconds, Math.max(1, Math.ceil((LEAST_PART * seconds) / most)))
    const part = new RateLimiterMemory({ points: Math.floor((most * duration) / seconds), duration })
    const extra = new RateLimiterMemory({
      points: settings.ROLLCALL_LIMIT_SCIM_BURST ?? BURST * factor(demo),
      duration: BURST_WINDOW,
    })
    const even = { points: part.points, perSecond: most / seconds }
    return Object.assign(new BurstyRateLimiter(part, extra), { even })
  }
  const take: Take = async (name, key) => {
    const limiter = limiters.get(name) ?? limiterOf(name)
    limiters.set(name, limiter)
    try {
      await limiter.consume(key)
      return { ok: true }
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      return { ok: false, retryAfter: Math.max(1, Math.ceil(secondsUntilFree(limiter, refusal))) }
    }
  }
  const forget = async (name: LimitName, key: string) => void (await limiters.get(name)?.delete?.(key))
  return Object.assign(take, { forget })
}

/**
 * Of many that are refused within one part each is sent to a later second than the one before it, as if all came back
 * when told: who honours Retry-After passes then, and not after ten tries beside the same crowd.
 */
function secondsUntilFree({ even }: Limiter, { msBeforeNext, consumedPoints }: RateLimiterRes): number {
  const seconds = msBeforeNext / 1000
  return even ? Math.min(MINUTE, Math.max(seconds, (consumedPoints - even.points) / even.perSecond)) : seconds
}

const limiters = () => once('limits', () => makeLimiters(env()))

/**
 * Counts one for `key`; when what it may have by now is used up, says in how many whole seconds it is worth trying again.
 * A refused try costs nothing further, so nobody is locked out by trying.
 */
export const takeLimit = (name: LimitName, key: string): Promise<Taken> => limiters()(name, key)

/** Takes back what was counted for `key`: a demo's lab sends more wrong tokens than anybody should. */
export const forgetLimit = (name: LimitName, key: string): Promise<void> => limiters().forget(name, key)

/** How many streams one session or one org may hold open in this process. */
export const streamLimit = (of: keyof typeof SLOTS): number => {
  const { variable, most } = SLOTS[of]
  return env()[variable] ?? most * (env().ROLLCALL_DEMO ? DEMO_FACTOR : 1)
}
