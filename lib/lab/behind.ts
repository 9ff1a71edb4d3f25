import 'server-only'
import { pgError } from '@/db/errors'
import { confine } from '@/db/tenant'
import { universalLogout } from '@/lib/auth/universal-logout'
import { getGroup } from '@/lib/directory/group'
import { getPerson } from '@/lib/directory/person'
import { setRole } from '@/lib/directory/set-role'
import { inspect } from '@/lib/events/inspect'
import type { Org } from '@/lib/orgs/orgs'
import type { Ground } from './ground'
import { type Answer, type Send, type Shot, sender } from './send'
import type { Standing } from './standing'
import type { Breach } from './walls'

/**
 * What stands behind the doors beside SCIM, called for one request with fewer walls: nobody compares the address with the
 * key, and for wall 3 alone the victim's rows are asked for. Row-level security is set from the key's company.
 */
export function behind({ attacker, victim }: Ground, standing: Exclude<Standing, 3>): Breach {
  let met: string | null = null
  const scope = (org: Org) => (standing === 1 ? victim.org : org)
  const logout = sender((request) =>
    universalLogout(request, slugIn(request.url), { credentialOf: async () => attacker.org, scope }),
  )
  const send: Send = async (shot) => {
    met = null
    try {
      if (shot.door === 'logout') return await logout(shot)
      return await confine(attacker.org.orgId, () => asked(shot, scope(attacker.org)))
    } catch (error) {
      met = pgError(error)?.message ?? null
      if (met === null) throw error
      return answer(500, { error: 'The database refused.' })
    }
  }
  return { send, met: () => met }
}

/** What the pages and routes of each kind read by its id. */
const READS: Readonly<Record<string, (orgId: string, id: string) => Promise<unknown>>> = {
  users: getPerson,
  groups: getGroup,
  events: inspect,
}

/** The function each page, route or action calls once it has let somebody in, asked about what the request names. */
async function asked({ door, path, body }: Shot, org: Org): Promise<Answer> {
  if (door !== 'action') {
    const [, kind = '', id = ''] = /\/(users|groups|events)\/([^/]+)/.exec(path) ?? []
    const found = await READS[kind]?.(org.orgId, id)
    return found ? answer(200, found) : answer(404, { error: `No such thing among the ${kind} of this organization.` })
  }
  const { person = '' } = Object(body)
  const done = await setRole({ org, actor: { kind: 'demo' }, actorRole: 'admin' }, String(person), 'manager')
  return done.ok ? answer(200, done) : answer(404, { error: done.sentence })
}

const answer = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body,
  requestId: null,
})

const slugIn = (url: string): string => new URL(url).pathname.split('/')[3] ?? ''
