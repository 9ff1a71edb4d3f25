import { diffAttributes } from './diff'
import { deepFreeze, john } from './fixtures'
import type { ScimOptions } from './options'
import { applyUserPatch, PATCH_SCHEMA, parsePatch } from './patch'
import type { UserAttributes } from './user'

export const okta = { mode: 'okta' } as const
export const entra = { mode: 'entra' } as const
export const strict = { mode: 'strict' } as const

/** For tests: a user after the operations; the one given is frozen, so that any write to it fails. */
export function patch(operations: unknown, opts: ScimOptions = okta, current: UserAttributes = john): UserAttributes {
  const body = { schemas: [PATCH_SCHEMA], Operations: operations }
  return applyUserPatch(deepFreeze(structuredClone(current)), parsePatch(body, opts), opts)
}

/** For tests: what a PATCH changed, as `path: before → after`. */
export function changes(operations: unknown, opts: ScimOptions = okta, current: UserAttributes = john): string[] {
  const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value))
  return diffAttributes(current, patch(operations, opts, current)).map(
    ({ path, before, after }) => `${path}: ${show(before)} → ${show(after)}`,
  )
}
