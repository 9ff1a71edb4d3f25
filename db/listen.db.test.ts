import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { subscribeWake, wake } from '@/lib/events/wake'
import { newId } from '@/lib/ids'
import { listen, notify } from './listen'

describe('the listener', () => {
  it('hears again after its connection was cut', async () => {
    const heard: string[] = []
    const stop = listen('test_channel', (payload) => heard.push(payload))
    const hears = (text: string) =>
      expect
        .poll(
          async () => {
            await notify('test_channel', text)
            return heard
          },
          { timeout: 5000, interval: 100 },
        )
        .toContain(text)
    await hears('before')
    const other = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
    // The same role may end its own connections.
    for (let cut = 0; cut < 3; cut++) {
      const ended = await other`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'rollcall listen' and pid <> pg_backend_pid()`
      expect(ended.length).toBeGreaterThan(0)
      await hears(`after ${cut}`)
    }
    await other.end()
    stop()
  })
})

describe('wake', () => {
  it('reaches this process at once, and others once, with who was ended', async () => {
    const [orgId, otherOrg] = [newId(), newId()]
    const [hints, others, messages]: [string[][], unknown[], string[]] = [[], [], []]
    const stops = [
      subscribeWake(orgId, (hint) => hints.push(hint.endedUsers)),
      subscribeWake(otherOrg, (hint) => others.push(hint)),
      listen('rollcall', (payload) => messages.push(payload)),
    ]
    await new Promise((resolve) => setTimeout(resolve, 300))
    wake(orgId)
    wake(orgId, { endedUser: 'john' })
    expect(hints).toEqual([[], ['john']])
    await expect.poll(() => messages.filter((m) => m.includes(orgId)).length).toBe(1)
    // Our own message is not told twice; one from another process is.
    expect(hints).toHaveLength(2)
    await notify('rollcall', JSON.stringify({ o: orgId, p: 'another', u: ['jane'] }), 'not json', '{"o":1}', 'null')
    await expect.poll(() => hints).toEqual([[], ['john'], ['jane']])
    expect(others).toEqual([])
    for (const stop of stops) stop()
  })
})
