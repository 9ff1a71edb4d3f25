import { Hono } from 'hono'
import { type BulkFailure, type BulkOperation, type BulkResult, bulkResponse, parseBulk } from '@/lib/scim/bulk'
import { orderBulk, resolveBulkIds } from '@/lib/scim/bulk-order'
import { ScimError } from '@/lib/scim/errors'
import { answer } from './answer'
import { LARGE, readBody } from './body'
import type { Context, Env } from './context'
import { explain } from './failures'
import { baseOf, onlyAllows } from './request'

type Dispatch = (request: Request, c: Context) => Promise<Response>

/**
 * POST /Bulk (RFC 7644 §3.7): every operation is a request of its own to the same routes, so it has the same rules, the
 * same answer and its own event. In dependency order, one after the other, until failOnErrors.
 */
export const bulkRoutes = (dispatch: Dispatch) =>
  new Hono<Env>({ strict: false })
    .post('/Bulk', async (c) => {
      const { entries, failOnErrors = Number.POSITIVE_INFINITY } = parseBulk(await readBody(c, LARGE))
      const ids = new Map<string, string>()
      const results: BulkResult[] = []
      let errors = 0
      for (const entry of orderBulk(entries)) {
        const result =
          'failure' in entry ? await refused(c, entry.failure) : await run(c, dispatch, entry.operation, ids)
        results.push(result)
        if (Number(result.status) >= 400) errors++
        if (errors >= failOnErrors) break
      }
      return answer(c, 200, bulkResponse(results))
    })
    .all('/Bulk', (c) => onlyAllows(c, 'POST'))

async function refused(c: Context, { error, method, bulkId, path }: BulkFailure): Promise<BulkResult> {
  return {
    method: method ?? 'POST',
    ...(bulkId === undefined ? {} : { bulkId }),
    // RFC 7644 §3.7.3: the location, save where a POST made nothing.
    ...(path === undefined || method === 'POST' ? {} : { location: baseOf(c) + path }),
    status: String(error.status),
    response: await explain(c, error),
  }
}

async function run(c: Context, dispatch: Dispatch, op: BulkOperation, ids: Map<string, string>): Promise<BulkResult> {
  const { method, bulkId, path, version } = op
  const resolved = resolveBulkIds({ id: op.target.id ?? '', data: op.data ?? null }, ids)?.value
  if (!isResolved(resolved)) {
    const detail = `Operations[${op.index}] refers to a bulkId whose operation failed. Correct that one and send both again.`
    return refused(c, {
      error: new ScimError(409, undefined, detail),
      method,
      path,
      ...(bulkId === undefined ? {} : { bulkId }),
    })
  }
  const endpoint = op.target.resourceType === 'User' ? '/Users' : '/Groups'
  // A segment of dots would be taken for a step up the path.
  const id = /^\.{1,2}$/.test(resolved.id) ? 'none' : encodeURIComponent(resolved.id.toWellFormed())
  const location = resolved.id === '' ? undefined : `${baseOf(c)}${endpoint}/${id}`
  const headers = new Headers({
    authorization: c.req.header('authorization') ?? '',
    'content-type': 'application/scim+json',
  })
  // What no header can hold is no tag of ours; it must fail as one, not pass unseen.
  if (version !== undefined) headers.set('if-match', /^[\x20-\x7e]+$/.test(version) ? version : 'none')
  const body = resolved.data === null ? {} : { body: JSON.stringify(resolved.data) }
  const address = location ?? `${baseOf(c)}${endpoint}`
  const response = await dispatch(new Request(address, { method, headers, ...body }), c)
  const answered = await response.text()
  const made = response.headers.get('location')
  if (bulkId !== undefined && made && response.ok) ids.set(bulkId, made.slice(made.lastIndexOf('/') + 1))
  const tag = response.headers.get('etag')
  const where = location ?? made
  return {
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(where ? { location: where } : {}),
    ...(tag && response.ok ? { version: tag } : {}),
    status: String(response.status),
    ...(response.ok ? {} : { response: JSON.parse(answered) }),
  }
}

const isResolved = (value: unknown): value is { id: string; data: unknown } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'data' in value
