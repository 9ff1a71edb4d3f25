import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { shutdown } from '@/lib/process'
import { type Difference, differences } from './okta-drift'
import { startLiveOkta } from './okta-live'
import { begin, doStep, type OktaStep, oktaSteps } from './okta-steps'

const LONG = process.env.ROLLCALL_LONG === '1'
const RUNS = LONG ? 200 : 10
const STEPS = 30

afterAll(shutdown)

describe('random sequences of what admins do in Okta, at two companies at once', () => {
  it(
    `${RUNS} sequences of ${STEPS} steps each end with the app as Okta has it`,
    async () => {
      let sent = 0
      await fc.assert(
        fc.asyncProperty(oktaSteps(STEPS), oktaSteps(STEPS), async (...plans) => {
          const orgs = [await makeTestOrg('Porter'), await makeTestOrg('White Rabbit')]
          const live = await startLiveOkta(orgs)
          try {
            await Promise.all(orgs.map((org, at) => play(live, org, plans[at] ?? [])))
            const found: Difference[] = []
            for (const org of orgs) found.push(...(await differences(live.okta(org), org)))
            expect(found).toEqual([])
            for (const org of orgs) sent += live.okta(org).state.log.length
          } finally {
            live.close()
          }
        }),
        // Shrinking replays over a database, so a failure is shown as it was found, with its seed.
        { numRuns: RUNS, endOnFailure: true, ...(LONG ? {} : { seed: 20_260_815 }) },
      )
      // Sequences that never reach the app would agree with it, too.
      expect(sent).toBeGreaterThan(RUNS * STEPS)
    },
    LONG ? 1_800_000 : 120_000,
  )

  it('a membership changed behind the back of Okta is found', async () => {
    const org = await makeTestOrg('Porter')
    const live = await startLiveOkta([org])
    const okta = live.okta(org)
    const steps: OktaStep[] = [
      { kind: 'act', who: 0, choice: 1 },
      { kind: 'member', which: 0, who: 0, isMember: true },
      { kind: 'push', which: 0 },
    ]
    await play(live, org, steps)
    expect(await differences(okta, org)).toEqual([])
    const [group] = okta.state.groups
    const [person] = okta.state.people
    if (!group || !person) throw new Error('The steps made nobody.')
    group.members = []
    person.title = 'Not pushed'
    const what = (await differences(okta, org)).map((each) => each.what)
    expect(what).toEqual([`${person.login}: title`, `${group.name}: members`])
    live.close()
  })
})

/** One company's admins, one step after the other; the two companies run at the same time. */
async function play(live: Awaited<ReturnType<typeof startLiveOkta>>, org: TestOrg, steps: OktaStep[]): Promise<void> {
  begin(live.store, live.okta(org))
  for (const step of steps) await doStep(live.store, live.okta(org), step)
}
