import 'server-only'
import { lookup } from 'node:dns/promises'
import { addressKey } from '@/lib/address'
import { demoCompany } from '@/lib/demo/companies'
import { demoViewer } from '@/lib/demo/door'
import { DemoError } from '@/lib/demo/errors'
import { oktaOf } from '@/lib/demo/okta'
import { env } from '@/lib/env'
import { forgetLimit } from '@/lib/limits'
import { getOrg } from '@/lib/orgs/orgs'
import { once } from '@/lib/process'
import type { LabCase } from './cases'
import { type Fired, fire } from './fire'
import { type Company, type Ground, LabError } from './ground'
import { type Send, sender } from './send'
import type { Standing } from './standing'
import { visitOf } from './visit'

const WITHIN_MS = 30_000

/** Porter tries it on White Rabbit; each company as the demo may see it. */
async function demoGround(): Promise<Ground> {
  const [attacker, victim] = await Promise.all([companyOf('porter'), companyOf('white-rabbit')])
  const { slug } = attacker.org
  const keys = { logoutToken: (audience: string) => oktaOf(slug).logoutToken(audience), visit: () => visitOf(slug) }
  return { attacker: { ...attacker, keys }, victim }
}

async function companyOf(slug: string): Promise<Company> {
  const { orgId } = await demoViewer(slug)
  const org = await getOrg(orgId)
  if (!org) throw new LabError(`The demo has lost ${slug}. Start it anew with: npm run demo -- --fresh`)
  return { org, token: (await demoCompany(slug)).scimToken }
}

const overNetwork = sender(async (request) => {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(WITHIN_MS) })
  } catch (cause) {
    throw new LabError('This server did not answer the lab’s own request. Wait a moment, then fire again.', { cause })
  }
})

/** To this server's own address. The wrong keys of a whole matrix are not to lock the machine out for a minute. */
const overHttp: Send = async (shot) => {
  const answer = await overNetwork(shot)
  if (answer.status === 401) for (const key of await ownAddresses()) await forgetLimit('wrongTokens', key)
  return answer
}

/** Where this server's own requests come from: the addresses behind the name it is called by. */
async function ownAddresses(): Promise<string[]> {
  const found = await lookup(new URL(env().ROLLCALL_URL).hostname, { all: true })
  return found.map(({ address }) => addressKey(address))
}

/** The last shot of each combination since the demo's start, kept by this process alone. */
const results = () => once('lab.results', () => new Map<string, Fired>())

const keyOf = ({ slug }: Pick<LabCase, 'slug'>, standing: Standing): string => `${slug} ${standing}`

/** What the last shot of a combination came to, or null before the first. */
export const lastFired = (each: Pick<LabCase, 'slug'>, standing: Standing): Fired | null =>
  results().get(keyOf(each, standing)) ?? null

const trouble = () => once('lab.trouble', (): { sentence: string | null } => ({ sentence: null }))

/** Why the last shots could not be fired, or null when they were. */
export const lastTrouble = (): string | null => trouble().sentence

/** Fires combinations one after the other and keeps what they came to, or the sentence why they could not be fired. */
export async function fireInDemo(cases: readonly LabCase[], standing: Standing): Promise<void> {
  trouble().sentence = null
  try {
    const ground = await demoGround()
    for (const each of cases) results().set(keyOf(each, standing), await fire(ground, each, standing, overHttp))
  } catch (error) {
    if (!(error instanceof LabError || error instanceof DemoError)) throw error
    trouble().sentence = error.message
  }
}
