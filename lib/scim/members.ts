import { badRequest } from './errors'
import { isObject } from './json'
import { assertText, quoted } from './text'
import { elementsOf, type Quirks } from './vendor'

const MAX_ID = 128
const KNOWN = new Set(['value', '$ref', 'display', 'type'])

/**
 * The ids in a `members` value (RFC 7643 §4.2), each once, in order. `display`, `type` and `$ref` follow from the id
 * and are only looked at to refuse nested groups. Plain loops: a push may hold 50,000.
 */
export function memberIds(raw: unknown, quirks: Quirks): string[] {
  if (raw === null || raw === undefined || raw === '') return []
  const elements = elementsOf(raw, quirks)
  if (!elements) throw badRequest('invalidValue', '"members" must be a list of { value }. Correct the request.')
  const ids = new Set<string>()
  for (const each of elements) ids.add(memberId(each, quirks))
  return [...ids]
}

function memberId(element: unknown, quirks: Quirks): string {
  const value = isObject(element) ? element.value : quirks.looseShapes ? element : undefined
  if (typeof value !== 'string' || value === '') {
    throw badRequest(
      'invalidValue',
      '"members.value" must be the id of a user, as text. Look the user up and send its id.',
    )
  }
  assertText(value, 'members.value', MAX_ID)
  if (isObject(element)) checkElement(element, quirks)
  return value
}

function checkElement(element: Record<string, unknown>, quirks: Quirks): void {
  const { type, $ref } = element
  const isGroup = typeof type === 'string' && type.toLowerCase() === 'group'
  if (isGroup || (typeof $ref === 'string' && $ref.includes('/Groups/'))) {
    throw badRequest('invalidValue', '"members" holds a group, and groups do not nest here. Push its people instead.')
  }
  if (quirks.ignoreUnknown) return
  const unknown = Object.keys(element).find((key) => !KNOWN.has(key.toLowerCase()))
  if (unknown !== undefined) {
    throw badRequest('invalidSyntax', `${quoted(unknown)} is not an attribute of "members". Remove it.`)
  }
}
