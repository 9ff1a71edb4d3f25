import 'server-only'
import { newId } from '@/lib/ids'
import type { Names } from './attempts'
import { behind } from './behind'
import { describesService, type LabCase } from './cases'
import type { Door } from './doors'
import { type Company, type Ground, inventedNames, prepare } from './ground'
import { type Key, nobodysKey, ownKey } from './keys'
import { type Logged, loggedAt } from './logged'
import { plain } from './plain'
import { type Answer, addressOf, type Send, type Shot } from './send'
import type { Standing } from './standing'
import { readVictim, type Victim } from './victim'
import { breach } from './walls'

/** Who stood in the way. `nothing`: the answer holds nobody's data, or only the sender's own. */
export type Refuser = 'guard' | 'scope' | 'rls' | 'nothing'

/** A request as shown: no key is kept. */
export type Shown = { method: string; url: string; header: string; key: string; body: unknown }

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
  const open = each.door === 'scim' ? breach : behind
  const lab = standing === 3 ? { send: overHttp, met: () => null } : open(ground, standing)
  const slug = each.wrong === 'address' ? victim.org.slug : attacker.org.slug
  // What a key that nobody has is told, where the key is what is wrong; else the same request about nobody.
  const wrongKey = each.wrong === 'address' && standing === 3
  const aim = (names: Names, key: Key) => {
    const own = { group: scene.ownGroup, fresh: `lab-${newId()}` }
    const shot: Shot = { door: each.door, slug, method: each.method, ...key, ...each.make(names, own) }
    return { shot, names, fresh: own.fresh }
  }
  const own = () => ownKey(ground, each.door, slug, standing)
  const blank = wrongKey
    ? aim(scene.names, await nobodysKey(ground, each.door, slug))
    : aim(inventedNames(), await own())
  const real = aim(scene.names, await own())

  const controlAnswer = await lab.send(blank.shot)
  const before = await readVictim(victim.org.orgId, scene.names.user)
  // A logout token that is not believed has one row a minute, however often it comes.
  const since = Date.now() - (each.door === 'logout' ? 60_000 : 0)
  const began = performance.now()
  const answer = await lab.send(real.shot)
  const ms = Math.round((performance.now() - began) * 10) / 10
  const database = lab.met()
  const after = await readVictim(victim.org.orgId, scene.names.user)
  const logged = await Promise.all(
    [attacker, victim].map(({ org }) => loggedAt(org, answer, addressOf(real.shot), since)),
  )
  const cleared = [await clear(attacker, overHttp, controlAnswer), await clear(attacker, overHttp, answer)]
  return {
    at: new Date(),
    ms,
    request: shown(real.shot, `${attacker.org.name}’s ${KEYS[each.door].own}`),
    answer,
    control: {
      request: shown(blank.shot, wrongKey ? KEYS[each.door].nobodys : `${attacker.org.name}’s ${KEYS[each.door].own}`),
      answer: controlAnswer,
      why: wrongKey
        ? `the same request with ${KEYS[each.door].nobodys}`
        : 'the same request about somebody who does not exist',
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

const session = { own: 'admin’s session', nobodys: 'no session at all' }

/** What the key of each kind of door is called. */
const KEYS: Readonly<Record<Door, { own: string; nobodys: string }>> = {
  scim: { own: 'key', nobodys: 'a key nobody has' },
  logout: { own: 'issuer’s logout token', nobodys: 'a logout token nobody’s issuer signed' },
  json: session,
  page: session,
  action: session,
}

const shown = (shot: Shot, key: string): Shown => ({
  method: shot.method,
  url: addressOf(shot),
  header: KEYS[shot.door ?? 'scim'] === session ? 'Cookie:' : 'Authorization: Bearer',
  key,
  body: shot.body ?? null,
})

function refuserOf({ route, wrong }: LabCase, standing: Standing, { status, headers }: Answer): Refuser {
  // A page or action leads to the sign-in where a route tells a status.
  const led = status === 307 || headers['x-action-redirect'] !== undefined
  if (status === 401 || led) return 'guard'
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
