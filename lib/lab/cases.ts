import { scimApp } from '@/lib/scim-api/app'
import { ATTEMPTS, type Attempt, type Names, type Own, type Wrong } from './attempts'
import { DOORS, type Door } from './doors'

/** One operation with one thing wrong about it. */
export type LabCase = {
  /** Stands in the address of its page. */
  slug: string
  /** Method and path as the service knows them. */
  route: string
  method: string
  /** The kind of door it knocks at, and so the kind of key it needs. */
  door: Door
  wrong: Wrong
  make: (names: Names, own: Own) => Attempt
}

const BASE = '/scim/v2/:org'

const DESCRIBES = /^GET \/(ServiceProviderConfig|ResourceTypes|Schemas)/

/** Operations that tell what the service can do, and hold nobody's data. */
export const describesService = (route: string): boolean => DESCRIBES.test(route)

/** The operations of the SCIM service, from its own route table; those that hold nobody's data last. */
export const ROUTES: readonly string[] = [
  ...new Set(
    scimApp.routes
      .filter((each) => each.method !== 'ALL' && each.path.startsWith(`${BASE}/`))
      .map((each) => `${each.method} ${each.path.slice(BASE.length)}`),
  ),
].sort((a, b) => Number(describesService(a)) - Number(describesService(b)))

/** What can be wrong with an operation, by its shape alone. */
export function wrongsOf(route: string): Wrong[] {
  const [method = '', path = ''] = route.split(' ')
  const names = /\/:id$/.test(path) || /^(GET|POST) \/(Users|Groups|Roles|Entitlements)$|\/\.search$/.test(route)
  const reads = method === 'GET' || path.endsWith('/.search')
  const lists = path.endsWith('/.search') || /^GET \/(Users|Groups|Roles|Entitlements)$/.test(route)
  const holdsMembers = path.startsWith('/Groups') && !reads && method !== 'DELETE'
  const all: [Wrong, boolean][] = [
    ['address', true],
    ['id', (names && route !== 'POST /Groups') || path === '/Bulk'],
    ['member', holdsMembers],
    ['filter', lists],
    ['domain', route === 'POST /Users'],
    ['reference', path === '/Bulk'],
  ]
  return all.flatMap(([wrong, holds]) => (holds ? [wrong] : []))
}

/** What is tried beside SCIM, where the same walls hold other keys. */
export const DOOR_ROUTES: readonly string[] = Object.keys(DOORS)

export const slugOf = (route: string, wrong: Wrong): string =>
  `${route.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.${wrong}`

/** Every combination: the route table × what can be wrong. Throws for one that nobody wrote an attempt for. */
export function listCases(routes: readonly string[] = ROUTES): LabCase[] {
  return [...routes.flatMap((route) => wrongsOf(route).map((wrong) => caseOf(route, wrong))), ...atDoors()]
}

function atDoors(): LabCase[] {
  return Object.entries(DOORS).flatMap(([route, { door, make }]) => {
    const [method = ''] = route.split(' ')
    return (['address', 'id'] as const).map((wrong) => ({
      slug: slugOf(route, wrong),
      route,
      method,
      door,
      wrong,
      make,
    }))
  })
}

function caseOf(route: string, wrong: Wrong): LabCase {
  const tries = ATTEMPTS[route]
  // The other company's address is wrong for whatever is right elsewhere.
  const make = wrong === 'address' ? (tries?.plain ?? tries?.id ?? tries?.member) : tries?.[wrong]
  if (!make) throw new Error(`lib/lab/attempts.ts has nothing to try for “${wrong}” at ${route}`)
  const [method = ''] = route.split(' ')
  return { slug: slugOf(route, wrong), route, method, door: 'scim', wrong, make }
}

/** The case of an address, or null. */
export const findCase = (slug: string): LabCase | null => listCases().find((each) => each.slug === slug) ?? null
