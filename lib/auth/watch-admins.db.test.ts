import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestOrg } from '@/db/test-orgs'
import { deactivatePerson } from '@/lib/directory/manage-users'
import { setRole } from '@/lib/directory/set-role'
import { newId } from '@/lib/ids'
import { type Hired, hire, startBed } from './test/bed'
import { watchAdmin } from './watch-admins'

let bed: Awaited<ReturnType<typeof startBed>>
let porter: TestOrg
let ann: Hired

beforeAll(async () => {
  bed = await startBed()
  porter = bed.porter
})
beforeEach(async () => {
  ann = await hire(porter)
  await setRole(byOwner(), ann.id, 'admin')
})
afterAll(() => bed.close())

const byOwner = () => {
  const actor = { kind: 'user', id: newId(), name: 'Olive Owner' } as const
  return { org: porter, actor, actorRole: 'owner' } as const
}

async function watching(who: Hired): Promise<{ told: string[]; stop: () => void }> {
  const { sessionId, userId, orgId } = await (await bed.open(who))()
  const told: string[] = []
  return { told, stop: watchAdmin(orgId, { sessionId, userId, onRefused: (kind) => told.push(kind) }) }
}

describe('a stream of an admin', () => {
  test('ends with the session, in each tab once, and no other admin’s does', async () => {
    const other = await hire(porter)
    await setRole(byOwner(), other.id, 'admin')
    const [one, two, theirs] = [await watching(ann), await watching(ann), await watching(other)]
    await deactivatePerson(byOwner(), ann.id)
    await vi.waitFor(() => expect([one.told, two.told]).toEqual([['anonymous'], ['anonymous']]), { timeout: 5000 })
    expect(theirs.told).toEqual([])
    theirs.stop()
  })

  test('ends when the person is no admin any more, though the session lives', async () => {
    const { told } = await watching(ann)
    await setRole(byOwner(), ann.id, 'member')
    await vi.waitFor(() => expect(told).toEqual(['forbidden']), { timeout: 5000 })
  })
})
