import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getOrgIdBySlug, listSlugsLike } from '@/db/global'
import { groups, users } from '@/db/schema'
import { orgSlugs } from '@/db/schema-global'
import { withOrg } from '@/db/tenant'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { SCRATCH_PREFIX } from '@/lib/orgs/scratch-slug'
import { shutdown } from '@/lib/process'
import { mount } from '@/lib/scim-api/test/mount'
import { setEnvironment } from '@/lib/test-process'
import { lastRun } from './last-run'
import { allCases, runReadiness } from './run'
import { makeScratch, sweepScratch } from './scratch'

let org: TestOrg
/** What the server answers instead of ours, for one path. */
let broken: { path: RegExp; body: object } | null = null
const seen: string[] = []
const app = createServer((req, res) => {
  seen.push(req.url ?? '')
  if (broken?.path.test(req.url ?? '')) {
    res.writeHead(200, { 'content-type': 'application/scim+json' }).end(JSON.stringify(broken.body))
  } else void getRequestListener((request) => mount.fetch(request))(req, res)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => app.listen(0, 'localhost', resolve))
  const address = app.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : 0}`
  setEnvironment({ ROLLCALL_URL: url, ROLLCALL_LIMIT_READINESS_RUNS: '1' })
})
afterAll(async () => {
  app.close()
  app.closeAllConnections()
  await shutdown()
})
beforeEach(async () => {
  org = await makeTestOrg('Porter')
  broken = null
  seen.length = 0
})

const run = () => runReadiness({ org, actor: { kind: 'user', id: newId(), name: 'Adam Clarke' } })

test('this server passes every case over HTTP, at a company that is gone afterwards; a second run has to wait', async () => {
  const done = await run()
  const { cases } = (await lastRun(org.orgId)) ?? { cases: [] }
  expect(cases.filter(({ ok }) => !ok)).toEqual([])
  expect(done).toMatchObject({ ok: true, failed: 0 })
  expect(cases.map(({ id }) => id)).toEqual(allCases.map(({ id }) => id))
  for (const each of cases) expect(each.answer).toEqual(each.status === 204 ? null : expect.stringMatching(/^\{/))
  expect(JSON.stringify(cases)).not.toMatch(/Passw0rd|rollcall_[0-9A-Za-z]{20}/)

  const [slug = ''] = /zz-readiness-[0-9a-f]{16}/.exec(seen[0] ?? '') ?? []
  expect(seen).toHaveLength(allCases.length + 1)
  expect(seen.filter((path) => !path.includes(`/${slug}/`))).toEqual([])
  expect(await getOrgIdBySlug(slug)).toBeNull()
  const touched = await withOrg(org.orgId, async (tx) => [
    ...(await tx.select({ id: users.id }).from(users).where(eq(users.orgId, org.orgId))),
    ...(await tx.select({ id: groups.id }).from(groups).where(eq(groups.orgId, org.orgId))),
  ])
  expect(touched).toEqual([])
  expect(await run()).toEqual({ ok: false, problem: 'limit' })
})

test('a wrong answer is a failed case that says what was wrong with it', async () => {
  broken = { path: /\/Groups\?count=1/, body: { schemas: [], totalResults: '1' } }
  expect(await run()).toMatchObject({ ok: true, failed: 1 })
  const { cases } = (await lastRun(org.orgId)) ?? { cases: [] }
  expect(cases.filter(({ ok }) => !ok)).toEqual([
    expect.objectContaining({ id: 'E /Groups', status: 200, problem: expect.stringContaining('totalResults') }),
  ])
})

test('what a crash left behind goes with a later run, a run under way stays', async () => {
  const left = await makeScratch()
  expect(await sweepScratch()).toBe(0)
  expect(await sweepScratch(Date.now() + 3_600_000)).toBeGreaterThan(0)
  expect(await listSlugsLike(SCRATCH_PREFIX)).toEqual([])
  const rows = await withOrg(left.orgId, (tx) => tx.select().from(users).where(eq(users.orgId, left.orgId)))
  expect(rows).toEqual([])
  expect(await withOrg(left.orgId, (tx) => tx.select().from(orgSlugs).where(eq(orgSlugs.slug, left.slug)))).toEqual([])
})
