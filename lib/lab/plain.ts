import type { Names } from './attempts'
import type { Answer } from './send'

/**
 * An answer as text without what differs between any two requests: the names asked for, ids, event references, times.
 * What is left has to be the same byte for byte.
 */
export function plain({ status, headers, body, page }: Answer, names: Names, fresh: string): string {
  let text = JSON.stringify({ status, headers, body, page })
  const longestFirst = Object.entries({ ...names, fresh }).sort(([, a], [, b]) => b.length - a.length)
  for (const [name, value] of longestFirst) text = text.replaceAll(value, `<${name}>`)
  return text
    .replaceAll(/evt_[0-9a-f]{32}/g, '<event>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
}
