import type { Filter } from './filter-ast'

/** The filter as text that parses back to it, in canonical spelling: names of the tables, least brackets. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.terms.map((each) => grouped(each, each.kind === 'and' || each.kind === 'or')).join(' and ')
    case 'or':
      return filter.terms.map((each) => grouped(each, each.kind === 'or')).join(' or ')
    case 'not':
      return `not (${printFilter(filter.filter)})`
    case 'present':
      return `${filter.path.text} pr`
    case 'has':
      return `${filter.path.text}[${printFilter(filter.filter)}]`
    case 'compare':
      return `${filter.path.text} ${filter.op} ${JSON.stringify(filter.value)}`
  }
}

function grouped(filter: Filter, brackets: boolean): string {
  return brackets ? `(${printFilter(filter)})` : printFilter(filter)
}
