import { badRequest } from './errors'
import { isObject } from './json'
import type { PatchOperation } from './patch-parse'
import { type PatchPath, parsePatchPath } from './patch-path'
import type { ResourceType } from './schema'
import type { ValueContext } from './value'
import { isEchoed } from './vendor'

export type PathlessTarget = { key: string; target: PatchPath; value: unknown }

/**
 * RFC 7644 §3.5.2.1: an operation without a path, whose value's keys are the attributes; dotted, URN and filter keys
 * work too. What a client echoes and attributes of its own profile are left out. 400 for a remove and in strict mode.
 */
export function pathlessTargets(
  op: PatchOperation['op'],
  value: unknown,
  resourceType: ResourceType,
  ctx: ValueContext,
): PathlessTarget[] {
  if (op === 'remove') throw badRequest('noTarget', 'A remove needs a "path" that says what to remove.')
  if (!ctx.quirks.pathless)
    throw badRequest('invalidPath', `${op === 'add' ? 'An add' : 'A replace'} needs a "path" in strict mode. Add it.`)
  if (!isObject(value)) {
    throw badRequest('invalidValue', `An ${op} without a "path" needs an object of attributes as its "value".`)
  }
  return Object.entries(value).flatMap(([key, each]) => {
    const target = isEchoed(key, ctx.quirks) ? undefined : targetOf(key, resourceType, ctx)
    return target ? [{ key, target, value: each }] : []
  })
}

function targetOf(key: string, resourceType: ResourceType, ctx: ValueContext): PatchPath | undefined {
  try {
    return parsePatchPath(key, resourceType)
  } catch (error) {
    // An attribute of the client's own profile is let pass; a name aimed at the program itself (`__proto__`) never.
    const isInherited = key.split('.').some((each) => Object.hasOwn(Object.prototype, each))
    if (!ctx.quirks.ignoreUnknown || isInherited || key.includes('[')) throw error
    return undefined
  }
}
