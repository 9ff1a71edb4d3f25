import 'server-only'
import { newId } from '@/lib/ids'
import { makeToken } from '@/lib/orgs/token-format'
import type { Names } from './attempts'
import { describesService, type LabCase } from './cases'
import { type Company, type Ground, inventedNames, prepare } from './ground'
import { type Logged, loggedAt } from './logged'
import { plain } from './plain'
import { type Answer, addressOf, type Send, type Shot } from './send'
import type { Standing } from './standing'
import { readVictim, type Victim } from './victim'
import { breach } from './walls'

/** Who stood in the way. `nothing`: the answer holds nobody's data, or only the sender's own. */
export type Refuser = 'guard' | 'scope' | 'rls' | 'nothing'

/** A request as shown: no key is kept. */
export type Shown = { method: string; url: string; key: string; body: unknown }

export type Fired = {
  at: Date
  ms: number
  request: Shown
  answer: Answer
  control: { request: Shown; answer: Answer; why: string }
  /** Answer and control are the same byte for byte, apart from ids and times. */
  same: boolean
  before: Victim
  after: Victim
  unchanged: boolean
  /** What Postgres itself said, where it refused a statement. */
  database: string | null
  refuser: Refuser
  logged: Logged[]
  /** Made in the sender's own company by this, and taken away again. */
  cleared: string[]
}

/** Every promise of the lab, of one request. */
export const holds = ({ same, unchanged }: Pick<Fired, 'same' | 'unchanged'>): boolean => same && unchanged

/**
 * Fires one combination for real: the control request that aims at nobody, then the same one that aims at the victim.
 * With all walls it goes out over `overHttp`; with fewer into an app made for it alone.
 */
export async function fire(ground: Ground, each: LabCase, standing: Standing, overHttp: Send): Promise<Fired> {
  const { attacker, victim } = ground
  const scene = await prepare(ground, overHttp)
  const lab = standing === 3 ? { send: overHttp, met: () => null } : breach(ground, standing)
  const slug = each.wrong === 'address' ? victim.org.slug : attacker.org.slug
  // What a key that nobody has is told, where the key is what is wrong; else the same request about nobody.
  const wrongKey = each.wrong === 'address' && standing === 3
  const aim = (names: Names, token: string) => {
    const own = { group: scene.ownGroup, fresh: `lab-${newId()}` }
    const shot: Shot = { slug, token, method: each.method, ...each.make(names, own) }
    return { shot, names, fresh: own.fresh }
  }
  const blank = aim(wrongKey ? scene.names : inventedNames(), wrongKey ? makeToken(newId()).token : attacker.token)
  const real = aim(scene.names, attacker.token)

  const since = Date.now()
  const controlAnswer = await lab.send(blank.shot)
  const before = await readVictim(victim.org.orgId, scene.names.user)
  const began = performance.now()
  const answer = await lab.send(real.shot)
  const ms = Math.round((performance.now() - began) * 10) / 10
  const database = lab.met()
  const after = await readVictim(victim.org.orgId, scene.names.user)
  const logged = await Promise.all([attacker, victim].map(({ org }) => loggedAt(org, answer, since)))
  const cleared = [await clear(attacker, overHttp, controlAnswer), await clear(attacker, overHttp, answer)]
  return {
    at: new Date(),
    ms,
    request: shown(real.shot, `${attacker.org.name}’s key`),
    answer,
    control: {
      request: shown(blank.shot, wrongKey ? 'a key nobody has' : `${attacker.org.name}’s key`),
      answer: controlAnswer,
      why: wrongKey ? 'the same request with a key nobody has' : 'the same request about somebody who does not exist',
    },
    same: plain(answer, real.names, real.fresh) === plain(controlAnswer, blank.names, blank.fresh),
    before,
    after,
    unchanged: JSON.stringify(before) === JSON.stringify(after),
    database,
    refuser: refuserOf(each, standing, answer),
    logged: logged.flat(),
    cleared: cleared.flat(),
  }
}

const shown = (shot: Shot, key: string): Shown => ({
  method: shot.method,
  url: addressOf(shot),
  key,
  body: shot.body ?? null,
})

function refuserOf({ route, wrong }: LabCase, standing: Standing, { status }: Answer): Refuser {
  if (status === 401) return 'guard'
  if (describesService(route)) return 'nothing'
  if (standing === 1) return 'rls'
  return wrong === 'domain' || route === 'POST /Users' ? 'nothing' : 'scope'
}

/** What an answer says was made: it is the sender's own, and goes as it came. */
async function clear({ org, token }: Company, send: Send, { status, body }: Answer): Promise<string[]> {
  if (status !== 201 || typeof body !== 'object' || body === null || !('id' in body)) return []
  const path = `/Users/${String(body.id)}`
  const gone = await send({ slug: org.slug, token, method: 'DELETE', path })
  return gone.status === 204 ? [String(body.id)] : []
}
