import { and, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessions, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import type { TestOrg } from '@/db/test-orgs'
import { createUser, patchUser, replaceUser } from '@/lib/directory/scim-users'
import { ScimError } from '@/lib/scim/errors'
import { admit } from './admit'
import { createSession, newSessionToken } from './create-session'
import { readSession } from './session'
import { endAllSessions } from './sessions'
import { type Hired, hire, scimOf, startBed } from './test/bed'

const RUNS = process.env.ROLLCALL_LONG === '1' ? 200 : 20
const SEED = 7

let bed: Awaited<ReturnType<typeof startBed>>
let porter: TestOrg

beforeAll(async () => {
  bed = await startBed()
  porter = bed.porter
})
afterAll(() => bed.close())

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const patch = (id: string, value: object) => {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  return patchUser(scimOf(porter), id, { schemas, Operations: [{ op: 'replace', value }] })
}

/** Signs in with a pause between next-auth's signIn callback (admit) and its session insert. */
async function signIn({ sub }: Hired, pause: number): Promise<string | null> {
  const found = await admit(porter, { issuer: bed.okta.issuer, sub, email: null })
  if (found.kind !== 'admitted') return null
  await wait(pause)
  const token = newSessionToken(porter.orgId)
  const { userId, epoch } = found
  const made = await createSession(porter.orgId, { token, userId, epoch, kind: 'okta' })
  return made.ok ? token : null
}

type Step = { what: keyof typeof DO; at: number; pause: number }

/** What may happen at the same time; a step that comes too late for another is refused, which is no fault. */
const DO = {
  signIn: (who: Hired, { pause }: Step) => signIn(who, pause),
  deactivate: (who: Hired) => patch(who.id, { active: false }),
  put: (who: Hired) =>
    replaceUser(scimOf(porter), who.id, { userName: who.userName, externalId: who.sub, active: false }),
  postLeaving: (who: Hired) =>
    createUser(scimOf(porter), { userName: who.userName, externalId: who.sub, active: false }),
  reactivate: (who: Hired) => patch(who.id, { active: true }),
  post: (who: Hired) => createUser(scimOf(porter), { userName: who.userName, externalId: who.sub }),
  signOutEverywhere: (who: Hired) => endAllSessions({ org: porter, actor: { kind: 'system' } }, who.id),
}
const steps = fc.array(
  fc.record({
    what: fc.constantFrom(...(['signIn', 'signIn', 'signIn', ...Object.keys(DO)] as (keyof typeof DO)[])),
    at: fc.nat(25),
    pause: fc.nat(12),
  }),
  { minLength: 5, maxLength: 12 },
)

/** Live sessions that must not be: of somebody inactive, or older than the person's last leaving. One snapshot. */
const wrong = (userId: string) =>
  withOrg(porter.orgId, (tx) =>
    tx
      .select({ id: sessions.id, epoch: sessions.epoch, now: users.sessionEpoch, active: users.active })
      .from(sessions)
      .innerJoin(users, and(eq(users.orgId, sessions.orgId), eq(users.id, sessions.userId)))
      .where(
        and(
          eq(sessions.orgId, porter.orgId),
          eq(users.orgId, porter.orgId),
          eq(sessions.userId, userId),
          isNull(sessions.endedAt),
          or(eq(users.active, false), isNotNull(users.deletedAt), ne(sessions.epoch, users.sessionEpoch)),
        ),
      ),
  )

const expected = (error: unknown) => {
  if (error instanceof ScimError) return null
  throw error
}

test(`however ${RUNS} rounds of leaving, coming back and signing in interleave, no session of an inactive person lives`, async () => {
  let opened = 0
  let refusedLate = 0
  await fc.assert(
    fc.asyncProperty(steps, async (round) => {
      const who = await hire(porter)
      const look = { stop: false }
      const watching = (async () => {
        while (!look.stop) expect(await wrong(who.id)).toEqual([])
      })()
      const done = await Promise.all(
        round.map(async (step) => {
          await wait(step.at)
          return DO[step.what](who, step).catch(expected)
        }),
      )
      look.stop = true
      await watching
      const tokens = done.filter((each): each is string => typeof each === 'string')
      const tried = round.filter(({ what }) => what === 'signIn').length
      opened += tokens.length
      refusedLate += tried - tokens.length

      // Leaving once more ends whatever is left, and coming back revives none of it.
      await patch(who.id, { active: false })
      expect(await wrong(who.id)).toEqual([])
      await patch(who.id, { active: true })
      for (const token of tokens) expect((await readSession(porter.slug, token)).kind).toBe('ended')
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  )
  // The rounds did try both; how often each hangs on the machine.
  expect(opened).toBeGreaterThan(0)
  expect(refusedLate).toBeGreaterThan(0)
}, 300_000)

test.each([
  ['deactivated', (who: Hired) => patch(who.id, { active: false }), 'deactivated'],
  [
    'deactivated and back again',
    async (who: Hired) => {
      await patch(who.id, { active: false })
      await patch(who.id, { active: true })
    },
    'changed',
  ],
  ['signed out everywhere', (who: Hired) => DO.signOutEverywhere(who), 'changed'],
  ['given another identity', (who: Hired) => patch(who.id, { externalId: '00uOther' }), 'changed'],
])('%s between next-auth’s signIn callback and its session insert: no session', async (_, meanwhile, reason) => {
  const who = await hire(porter)
  const found = await admit(porter, { issuer: bed.okta.issuer, sub: who.sub, email: null })
  if (found.kind !== 'admitted') throw new Error(found.reason)
  await meanwhile(who)
  const { userId, epoch } = found
  const token = newSessionToken(porter.orgId)
  expect(await createSession(porter.orgId, { token, userId, epoch, kind: 'okta' })).toEqual({ ok: false, reason })
  expect(await readSession(porter.slug, token)).toEqual({ kind: 'none' })
  const rows = await withOrg(porter.orgId, (tx) =>
    tx
      .select({ n: sql<number>`count(*)::int` })
      .from(sessions)
      .where(and(eq(sessions.orgId, porter.orgId), eq(sessions.userId, who.id))),
  )
  expect(rows).toEqual([{ n: 0 }])
})
