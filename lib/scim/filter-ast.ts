import type { ResolvedPath } from './resource-types'

export type CompareOp = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
export type FilterValue = string | number | boolean | null

/**
 * A filter of RFC 7644 §3.4.2.2, every name resolved and every value of its attribute's type.
 * - `compare`: `path.keys` end at a simple value; where the client named a multi-valued attribute alone
 *   (`emails co "x"`) they end in `value`. dateTime values are ISO text that parses; null only with eq and ne.
 * - `has`: one element of `path` meets the whole inner `filter`, whose paths start at the element.
 */
export type Filter =
  | { kind: 'and' | 'or'; terms: readonly Filter[] }
  | { kind: 'not'; filter: Filter }
  | { kind: 'present'; path: ResolvedPath }
  | { kind: 'compare'; path: ResolvedPath; op: CompareOp; value: FilterValue }
  | { kind: 'has'; path: ResolvedPath; filter: Filter }
