import { Hono } from 'hono'
import { confine } from '@/db/tenant'
import { addressOf as addressFrom, addressOfIncoming } from '@/lib/address'
import { newId } from '@/lib/ids'
import type { ScimCredential } from '@/lib/orgs/check-token'
import type { Org } from '@/lib/orgs/orgs'
import { ScimError } from '@/lib/scim/errors'
import { authenticate } from './authenticate'
import { bulkRoutes } from './bulk'
import { catalogueRoutes } from './catalogue'
import { type Context, type Env, trace } from './context'
import { discoveryRoutes } from './discovery'
import { fail } from './failures'
import { fairShare } from './fair-share'
import { groupRoutes } from './groups'
import { quietMoments } from './quiet-moments'
import { searchRoutes } from './search'
import { throttle } from './throttle'
import { userRoutes } from './users'

/** The client's address: from our own socket, or from what stands for it where Next answers. */
function addressOf(c: Context): string {
  const { address, incoming } = c.env ?? {}
  if (address) return address
  return incoming?.socket.remoteAddress ? addressOfIncoming(incoming) : addressFrom(c.req.raw.headers)
}

/** The two walls made of our own code. The third, row-level security, is set from the credential below, whatever these say. */
export type Walls = {
  /** Whose credential this is, compared with the company in the address. Throws the one 401. */
  authenticate: (c: Context, slug: string) => Promise<ScimCredential>
  /** The company whose rows the handlers ask for. */
  scope: (credential: ScimCredential) => Org
}

/** The SCIM service between given walls. What is served has those of `scimApp`, and no setting or request changes them. */
export function makeScimApp(walls: Walls) {
  const app = new Hono<Env>({ strict: false })
  app.onError(fail)
  app.use(async (c, next) => {
    c.set('requestId', newId())
    c.set('startedAt', performance.now())
    c.set('ip', addressOf(c))
    c.set('trace', [])
    await next()
  })
  app.use('/scim/v2/:org/*', async (c, next) => {
    const credential = await walls.authenticate(c, c.req.param('org'))
    c.set('credential', credential)
    c.set('scope', walls.scope(credential))
    const slowDown = await throttle(c)
    if (slowDown) return slowDown
    if (credential.scimState === 'off' || credential.scimState === 'paused') throw notActive(c, credential.scimState)
    const run = () => quietMoments().during(() => confine(credential.org.orgId, next))
    // An operation of a Bulk has the turn of its Bulk.
    if (c.env?.address !== undefined) return run()
    return fairShare()(credential.org.orgId, (waited) => {
      if (waited) trace(c, 'limit', 'It waited for earlier requests of this organization, since others had their turn')
      return run()
    })
  })
  app.route('/scim/v2/:org', discoveryRoutes)
  app.route('/scim/v2/:org', userRoutes)
  app.route('/scim/v2/:org', groupRoutes)
  app.route('/scim/v2/:org', searchRoutes)
  app.route('/scim/v2/:org', catalogueRoutes)
  const dispatch = async (request: Request, c: Context) => app.fetch(request, { ...c.env, address: c.get('ip') })
  app.route('/scim/v2/:org', bulkRoutes(dispatch))
  app.notFound((c) =>
    fail(new ScimError(404, undefined, `There is no SCIM endpoint ${c.req.method} ${c.req.path.slice(0, 120)}.`), c),
  )
  return app
}

function notActive(c: Context, state: 'off' | 'paused'): ScimError {
  trace(c, 'policy', `Provisioning is ${state} for this organization`, 'failed')
  const how = state === 'paused' ? 'resume it' : 'switch it on'
  return new ScimError(
    403,
    undefined,
    `Provisioning is ${state} in Rollcall. An admin can ${how} under Settings, Provisioning; then retry in Okta.`,
  )
}

/** The SCIM service (RFC 7644): mounted ahead of Next in server.ts and in the Next route alike. */
export const scimApp = makeScimApp({ authenticate, scope: (credential) => credential.org })
