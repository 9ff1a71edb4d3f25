import 'server-only'
import { sql } from 'drizzle-orm'
import { withOrg } from '@/db/tenant'
import { type Connection, getConnection } from '@/lib/orgs/connections'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { type Finding, good, warning, wrong } from './check-finding'
import { checkIssuer } from './check-issuer'
import { checkRegistered } from './check-registered'
import { checkScim } from './check-scim'
import { checkConnection } from './connection-check'
import { ownUrl } from './origin'

/**
 * Tries a company's filled-in connection to Okta, step by step, without a person and without writing anything. What
 * stops a part ends that part only: SCIM is looked at even when sign-in cannot work.
 */
export async function checkOkta(slug: string): Promise<Finding[]> {
  const org = await getOrgBySlug(slug)
  if (!org) {
    const todo = `Make it: npm run org:create -- --slug ${slug} --name "Its name" --owner someone@its.example`
    return [wrong('Company', `There is no company "${slug}" here`, todo)]
  }
  const connection = await getConnection(org.orgId)
  return [
    good('Company', `${org.name} is here, at ${ownUrl(`/orgs/${slug}`)}`),
    await checkDatabaseClock(org.orgId),
    ...(await checkSignIn(connection, slug)),
    ...(await checkScim(org, connection)),
  ]
}

/** How far two clocks may be apart before tokens that are valid look expired, in seconds. */
const CLOCK_SECONDS = 30

async function checkDatabaseClock(orgId: string): Promise<Finding> {
  const [row] = await withOrg(orgId, (tx) =>
    tx.execute<{ now: number }>(sql`select extract(epoch from clock_timestamp())::float8 as now`),
  )
  const apart = Math.round(Math.abs(Number(row?.now) - Date.now() / 1000))
  if (apart <= CLOCK_SECONDS) return good('Clock of the database', 'It agrees with this machine’s')
  return wrong('Clock of the database', `It differs from this machine’s by ${apart} s`, 'Set both by NTP')
}

async function checkSignIn(connection: Connection | null, slug: string): Promise<Finding[]> {
  const settings = ownUrl(`/orgs/${slug}/admin/settings/sign-in`)
  if (!connection) {
    return [wrong('Sign-in settings', 'No issuer, client id and secret are entered', `Enter them at ${settings}`)]
  }
  const entered = `Issuer ${connection.issuer}, client ${connection.clientId}`
  const first =
    connection.signIn === 'on'
      ? good('Sign-in settings', entered)
      : warning(
          'Sign-in settings',
          `${entered}. Sign-in is switched off: nobody new comes in`,
          `Switch it on: ${settings}`,
        )
  const issuer = await checkIssuer(connection.issuer, CLOCK_SECONDS)
  if (!issuer.discovery) return [first, ...issuer.findings]
  const { trace } = await checkConnection(connection, slug)
  return [
    first,
    ...issuer.findings,
    ...trace.filter(({ step }) => step !== 'issuer').map((each) => fromTrace(each, settings)),
    ...(await checkRegistered(connection, slug, issuer.discovery)),
  ]
}

const names: Record<string, string> = { keys: 'Signing keys', client: 'Client id and secret' }

type Step = Awaited<ReturnType<typeof checkConnection>>['trace'][number]

const fromTrace = ({ step, outcome, text }: Step, settings: string): Finding => ({
  step: names[step] ?? step,
  outcome,
  text,
  ...(outcome === 'failed' ? { todo: `Then enter them at ${settings}` } : {}),
})
