import { badRequest } from './errors'
import type { Filter } from './filter-ast'
import { requireGroupName } from './group'
import { memberIds } from './members'
import type { ScimOptions } from './options'
import type { PatchOperation } from './patch-parse'
import { type PatchPath, parsePatchPath } from './patch-path'
import { pathlessTargets } from './patch-pathless'
import { cleanValue, readOnlyError, type ValueContext } from './value'
import { quirksOf } from './vendor'

/** One step of a group PATCH; ids are as the client sent them, each once within a step. */
export type GroupPatchStep =
  | { kind: 'setDisplayName'; displayName: string }
  | { kind: 'setExternalId'; externalId: string | undefined }
  | { kind: 'addMembers'; ids: string[] }
  | { kind: 'removeMembers'; ids: string[] }
  | { kind: 'removeAllMembers' }
  | { kind: 'replaceMembers'; ids: string[] }

/** Steps in order, all or none: they say what to write without knowing who is in the group. */
export type GroupPatchPlan = GroupPatchStep[]

/**
 * A PATCH on /Groups as steps (RFC 7644 §3.5.2). Members are never loaded for it: adding who is in and removing who
 * is not change nothing. Steps of one kind that follow each other are joined. Throws only ScimError.
 */
export function planGroupPatch(ops: readonly PatchOperation[], opts: ScimOptions): GroupPatchPlan {
  const ctx: ValueContext = { quirks: quirksOf(opts), readOnly: 'refuse' }
  return joinSteps(ops.flatMap((each) => stepsOf(each, ctx)))
}

function stepsOf({ op, path, value }: PatchOperation, ctx: ValueContext): GroupPatchStep[] {
  if (path !== undefined) return stepsAt(op, parsePatchPath(path, 'Group'), value, ctx)
  return pathlessTargets(op, value, 'Group', ctx).flatMap((each) => stepsAt(op, each.target, each.value, ctx))
}

function stepsAt(op: PatchOperation['op'], target: PatchPath, value: unknown, ctx: ValueContext): GroupPatchStep[] {
  const { attribute } = target.path
  if (attribute.mutability === 'readOnly') throw readOnlyError(attribute.name)
  if (attribute.name === 'members') return memberSteps(op, target, value, ctx)
  const next = op === 'remove' ? undefined : cleanValue(attribute, value, attribute.name, ctx)
  if (attribute.name === 'externalId') {
    return [{ kind: 'setExternalId', externalId: typeof next === 'string' ? next : undefined }]
  }
  if (op === 'remove') throw badRequest('mutability', '"displayName" cannot be removed. Replace it instead.')
  return [{ kind: 'setDisplayName', displayName: requireGroupName(next) }]
}

function memberSteps(
  op: PatchOperation['op'],
  { path, filter, sub }: PatchPath,
  value: unknown,
  ctx: ValueContext,
): GroupPatchStep[] {
  if (path.sub || sub) {
    throw badRequest('mutability', 'A member cannot be changed, only added or removed. Use the path "members".')
  }
  if (filter) {
    const ids = idsOf(filter)
    if (op === 'remove') return [{ kind: 'removeMembers', ids }]
    throw badRequest('mutability', 'A member cannot be changed, only added or removed. Add it with the path "members".')
  }
  if (op === 'add') return [{ kind: 'addMembers', ids: memberIds(value, ctx.quirks) }]
  if (op === 'replace') return [{ kind: 'replaceMembers', ids: memberIds(value, ctx.quirks) }]
  // RFC 7644 §3.5.2.2 clears the list; Entra and Okta name in the value whom to remove.
  const isNamed = value !== undefined && value !== null
  return isNamed ? [{ kind: 'removeMembers', ids: memberIds(value, ctx.quirks) }] : [{ kind: 'removeAllMembers' }]
}

/** The ids of `members[value eq "a" or value eq "b"]`; other filters would need the members loaded. */
function idsOf(filter: Filter): string[] {
  if (filter.kind === 'or') return [...new Set(filter.terms.flatMap(idsOf))]
  const isById = filter.kind === 'compare' && filter.op === 'eq' && filter.path.attribute.name === 'value'
  if (!isById || typeof filter.value !== 'string') {
    throw badRequest('invalidFilter', 'Members are chosen by id: members[value eq "…"]. Correct the path.')
  }
  return [filter.value]
}

function joinSteps(steps: readonly GroupPatchStep[]): GroupPatchPlan {
  const plan: GroupPatchStep[] = []
  let ids = new Set<string>()
  for (const step of steps) {
    const last = plan.at(-1)
    const isSame = last?.kind === step.kind && (step.kind === 'addMembers' || step.kind === 'removeMembers')
    if (isSame) {
      for (const id of step.ids) ids.add(id)
      plan[plan.length - 1] = { kind: step.kind, ids: [] }
    } else {
      flush(plan, ids)
      ids = new Set('ids' in step ? step.ids : [])
      plan.push(step)
    }
  }
  flush(plan, ids)
  return plan
}

// Ids gather in a Set while steps are joined: a thousand operations of one member stay linear.
function flush(plan: GroupPatchStep[], ids: ReadonlySet<string>): void {
  const last = plan.at(-1)
  if (last && 'ids' in last) plan[plan.length - 1] = { kind: last.kind, ids: [...ids] }
}
