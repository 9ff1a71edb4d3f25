import type { GroupPatchPlan } from '@/lib/scim/patch'

/** What a PATCH comes to, whoever is in the group now: each id stands in one list at most. */
export type MemberPlan = {
  /** All but those in `add` go. */
  clear: boolean
  add: string[]
  remove: string[]
}

export type GroupPlan = { displayName?: string; externalId?: string | null; members: MemberPlan }

/** The steps of a PATCH as one net effect: the last word on each person counts (RFC 7644 §3.5.2). Pure. */
export function planOf(steps: GroupPatchPlan): GroupPlan {
  const plan: Omit<GroupPlan, 'members'> = {}
  let clear = false
  const add = new Set<string>()
  const remove = new Set<string>()
  const reset = (ids: readonly string[]) => {
    clear = true
    add.clear()
    remove.clear()
    for (const id of ids) add.add(id)
  }
  for (const step of steps) {
    switch (step.kind) {
      case 'setDisplayName':
        plan.displayName = step.displayName
        break
      case 'setExternalId':
        plan.externalId = step.externalId ?? null
        break
      case 'addMembers':
        for (const id of step.ids) move(id, remove, add)
        break
      case 'removeMembers':
        for (const id of step.ids) move(id, add, remove)
        break
      case 'removeAllMembers':
        reset([])
        break
      case 'replaceMembers':
        reset(step.ids)
    }
  }
  // After a clear, everybody who is not added is gone anyway.
  return { ...plan, members: { clear, add: [...add], remove: clear ? [] : [...remove] } }
}

function move(id: string, from: Set<string>, to: Set<string>): void {
  from.delete(id)
  to.add(id)
}
