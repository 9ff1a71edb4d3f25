import { expect, it } from 'vitest'
import { pages } from './access/routes'
import { rows } from './access/rows'
import { signedIn, withBrowser } from './browser'
import { overweight } from './first-load'
import { newPerson, porter } from './fixtures'
import { oktaOf } from './okta-client'
import { idOf, scimAt, scimGroup } from './scim-client'

const newContext = withBrowser()

/** Pages of the demo are in no production build; theirs are weighed in pages/demo.spec.ts. */
const isBuilt = (route: string) => {
  const row = rows[route]
  return row !== undefined && !(row.door === 'open' && row.status === 404)
}

/** Where a route is seen, with ids that are somebody's. */
function addressOf(route: string, ids: Record<string, string>): string {
  const row = rows[route]
  const given = row?.door === 'open' ? row.path : undefined
  const id = row?.door === 'page' && row.id ? ids[row.id] : undefined
  return (given ?? route.slice('GET '.length)).replace('[org]', 'porter').replace('[id]', id ?? '')
}

it('no page asks for more than 60 KB of scripts over what Next itself needs', async () => {
  const { request } = await signedIn(await newContext(), porter, porter.people.owner)
  const user = await oktaOf(porter).hire(newPerson('Luc'))
  const group = idOf(await scimAt(porter.scim, porter.scimToken)('POST', '/Groups', scimGroup(`Lucs ${user}`, [user])))
  const { events } = await (await request.get('/api/orgs/porter/events?limit=1')).json()
  const ids: Record<string, string> = { user, group, event: events[0].ref }
  const addresses = pages.filter(isBuilt).map((route) => addressOf(route, ids))
  expect(await overweight(request, addresses)).toEqual([])
})
