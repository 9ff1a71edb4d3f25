import { Hono, type Context as HonoContext } from 'hono'
import { resourceTypes, schemas, serviceProviderConfig } from '@/lib/scim/discovery'
import { ScimError } from '@/lib/scim/errors'
import { answer, baseUrl } from './answer'
import type { Env } from './context'
import { recordReadOf } from './record'
import { onlyAllows } from './request'

/** /ServiceProviderConfig, /ResourceTypes, /Schemas (RFC 7644 §4). A filter there is refused with 403, as it says. */
export const discoveryRoutes = new Hono<Env>({ strict: false })
  .get('/ServiceProviderConfig', (c) => give(c, serviceProviderConfig(urlOf(c))))
  .get('/ResourceTypes', (c) => giveList(c, resourceTypes(urlOf(c))))
  .get('/ResourceTypes/:id', (c) => giveOne(c, resourceTypes(urlOf(c)), c.req.param('id')))
  .get('/Schemas', (c) => giveList(c, schemas(urlOf(c))))
  .get('/Schemas/:id', (c) => giveOne(c, schemas(urlOf(c)), c.req.param('id')))
  .all('/ServiceProviderConfig', (c) => onlyAllows(c, 'GET'))
  .all('/ResourceTypes/:id?', (c) => onlyAllows(c, 'GET'))
  .all('/Schemas/:id?', (c) => onlyAllows(c, 'GET'))

const urlOf = (c: HonoContext<Env>) => baseUrl(c.get('credential').org.slug)

async function give(c: HonoContext<Env>, body: unknown): Promise<Response> {
  await recordReadOf(c, { type: 'discovery.read', status: 200 })
  return answer(c, 200, body)
}

function giveList(c: HonoContext<Env>, all: object[]): Promise<Response> {
  if (c.req.query('filter') !== undefined)
    throw new ScimError(403, undefined, 'This endpoint cannot be filtered; it answers everything')
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
  return give(c, { schemas, totalResults: all.length, startIndex: 1, itemsPerPage: all.length, Resources: all })
}

function giveOne(c: HonoContext<Env>, all: object[], id: string): Promise<Response> {
  const found = all.find((each) => 'id' in each && each.id === id)
  if (!found) throw new ScimError(404, undefined, `There is no ${id.slice(0, 120)} here`)
  return give(c, found)
}
