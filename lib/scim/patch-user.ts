import { badRequest } from './errors'
import type { JsonObject } from './json'
import type { ScimOptions } from './options'
import type { PatchOperation } from './patch-parse'
import { type PatchPath, parsePatchPath } from './patch-path'
import { pathlessTargets } from './patch-pathless'
import { asObject, type Change, nextChosen, nextList, nextSingle, setOrDelete } from './patch-value'
import type { Attribute } from './schema'
import { settleUser, type UserAttributes } from './user'
import { readOnlyError, type ValueContext } from './value'
import { isDroppedPassword, quirksOf } from './vendor'

/**
 * The whole next state of a user after a PATCH (RFC 7644 §3.5.2): all operations in order or none. Pure: `current` is
 * never changed, and nothing but ScimError is thrown. Equal to `current` (see diffAttributes) when nothing changed.
 */
export function applyUserPatch(
  current: UserAttributes,
  ops: readonly PatchOperation[],
  opts: ScimOptions,
): UserAttributes {
  const ctx: ValueContext = { quirks: quirksOf(opts), readOnly: 'refuse' }
  // Only top-level keys of the copy are ever set; what they hold is replaced, never changed.
  const doc: JsonObject = { ...current }
  for (const each of ops) applyOperation(doc, each, ctx)
  return settleUser(doc)
}

function applyOperation(doc: JsonObject, { op, path, value }: PatchOperation, ctx: ValueContext): void {
  if (path === undefined) {
    applyPathless(doc, op, value, ctx)
  } else if (!isDroppedPassword(path, ctx.quirks)) {
    applyAt(doc, parsePatchPath(path, 'User'), { op, value, where: path.slice(0, 100), ctx })
  }
}

/** RFC 7644 §3.5.2.1: without a path the value's keys are the attributes; dotted, URN and filter keys work too. */
function applyPathless(doc: JsonObject, op: PatchOperation['op'], value: unknown, ctx: ValueContext): void {
  for (const { key, target, value: each } of pathlessTargets(op, value, 'User', ctx)) {
    applyAt(doc, target, { op, value: each, where: key.slice(0, 100), ctx })
  }
}

function applyAt(doc: JsonObject, target: PatchPath, change: Change): void {
  const { path, filter, sub } = target
  refuseReadOnly([path.attribute, path.sub, sub], change.where)
  if (change.op === 'remove') refuseRemoval(path.attribute)
  const holder = path.extension ? asObject(doc[path.extension]) : doc
  const current = holder[path.attribute.name]
  const elements = Array.isArray(current) ? current : []
  if (filter) {
    holder[path.attribute.name] = nextChosen(path.attribute, filter, sub, elements, change)
  } else if (path.attribute.multiValued) {
    holder[path.attribute.name] = path.sub
      ? nextOnlyElement(path.attribute, path.sub, elements, change)
      : nextList(path.attribute, elements, change)
  } else if (path.sub) {
    const object = asObject(current)
    setOrDelete(object, path.sub.name, nextSingle(path.sub, object[path.sub.name], change))
    setOrDelete(holder, path.attribute.name, Object.keys(object).length > 0 ? object : undefined)
  } else {
    setOrDelete(holder, path.attribute.name, nextSingle(path.attribute, current, change))
  }
  if (path.extension) doc[path.extension] = holder
}

/** `emails.value` without a filter names every element (§3.5.2); with several, setting one value on all is a mistake. */
function nextOnlyElement(
  attribute: Attribute,
  sub: Attribute,
  elements: readonly unknown[],
  change: Change,
): unknown[] {
  if (elements.length > 1 && change.op !== 'remove') {
    throw badRequest(
      'noTarget',
      `"${change.where}" fits several values. Choose one: ${attribute.name}[type eq "work"].${sub.name}.`,
    )
  }
  const sources = elements.length > 0 || change.op === 'remove' ? elements : [{}]
  return sources.map((each) => {
    const next = asObject(each)
    setOrDelete(next, sub.name, nextSingle(sub, next[sub.name], change))
    return next
  })
}

function refuseReadOnly(attributes: readonly (Attribute | undefined)[], where: string): void {
  if (attributes.some((each) => each?.mutability === 'readOnly')) throw readOnlyError(where)
}

/** RFC 7644 §3.5.2.2: a required attribute cannot go. Nor `active`: unset would read as true and let a leaver back in. */
function refuseRemoval(attribute: Attribute): void {
  if (attribute.required || attribute.name === 'active') {
    const instead = attribute.name === 'active' ? 'Send false to deactivate the person.' : 'Replace it instead.'
    throw badRequest('mutability', `"${attribute.name}" cannot be removed. ${instead}`)
  }
}
