import { Hono } from 'hono'
import { type CatalogueType, getCatalogueEntry, listCatalogue, pageInMemory } from '@/lib/directory/catalogue'
import { ScimError } from '@/lib/scim/errors'
import { matchesIfNoneMatch, versionEtag } from '@/lib/scim/etag'
import { type ListQuery, parseListQuery, parseSearchRequest } from '@/lib/scim/list'
import { project, projectionOf } from '@/lib/scim/projection'
import { answer } from './answer'
import { readBody } from './body'
import { type Context, type Env, headerOf, queryOf } from './context'
import { pageOf } from './page'
import { recordReadOf } from './record'
import { baseOf, onlyAllows } from './request'

/** Okta's entitlement discovery: /Roles and /Entitlements, read only. And /Me, which no machine has (§3.11). */
export const catalogueRoutes = new Hono<Env>({ strict: false })
for (const type of ['Role', 'Entitlement'] as const) {
  const path = type === 'Role' ? '/Roles' : '/Entitlements'
  catalogueRoutes
    .get(path, (c) => list(c, type, parseListQuery(queryOf(c), type)))
    .post(`${path}/.search`, async (c) => list(c, type, parseSearchRequest(await readBody(c), type)))
    .all(`${path}/.search`, (c) => onlyAllows(c, 'POST'))
    .get(`${path}/:id`, (c) => get(c, type))
    .all(path, (c) => onlyAllows(c, 'GET'))
    .all(`${path}/:id`, (c) => onlyAllows(c, 'GET'))
}
catalogueRoutes.all('/Me', () => {
  throw new ScimError(501, undefined, 'There is no /Me here: a SCIM token is a machine. Use /Users/{id}.')
})

async function list(c: Context, type: CatalogueType, query: ListQuery): Promise<Response> {
  const { orgId } = c.get('scope')
  const all = await listCatalogue(orgId, type, baseOf(c))
  const shown = projectionOf(query.attributes, query.excludedAttributes, type)
  const body = pageOf(query, pageInMemory(orgId, type, all, query), (each) => project(each, shown))
  await recordReadOf(c, { type: 'discovery.read', status: 200, response: body })
  return answer(c, 200, body)
}

async function get(c: Context, type: CatalogueType): Promise<Response> {
  const shown = projectionOf(c.req.query('attributes'), c.req.query('excludedAttributes'), type)
  const found = await getCatalogueEntry(c.get('scope').orgId, type, c.req.param('id') ?? '', baseOf(c))
  const etag = versionEtag(1)
  const isKnown = matchesIfNoneMatch(headerOf(c, 'if-none-match'), etag)
  const body = isKnown ? undefined : project(found, shown)
  await recordReadOf(c, { type: 'discovery.read', status: isKnown ? 304 : 200, response: body })
  return answer(c, isKnown ? 304 : 200, body, { etag })
}
