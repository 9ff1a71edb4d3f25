/** The front of PATCH (RFC 7644 §3.5.2): read the body once, then apply it to a user or plan it for a group. */
export { type GroupPatchPlan, planGroupPatch } from './patch-group'
export { PATCH_SCHEMA, parsePatch } from './patch-parse'
export { applyUserPatch } from './patch-user'
