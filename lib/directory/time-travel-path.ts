import { isSame } from '@/lib/scim/diff'
import { isObject, type JsonObject } from '@/lib/scim/json'

/** An element of a list, by what tells it apart: the selectors of diffAttributes. */
type Selector = { type?: string; value?: string }
type Step = { name: string } | { pick: Selector }

const URN = /^(urn:[^[\]]*?:\d+\.\d+:\w+)(?::|$)/
const TOKEN = /\.?([A-Za-z$][\w$-]*)|\[((?:[^"\]]|"(?:[^"\\]|\\.)*")*)\]/y
const CONDITION = /(type|value) eq ("(?:[^"\\]|\\.)*")/g

/** A path of diffAttributes as steps; undefined for what is none. */
export function parsePath(path: string): Step[] | undefined {
  const urn = URN.exec(path)
  const steps: Step[] = urn?.[1] ? [{ name: urn[1] }] : []
  TOKEN.lastIndex = urn?.[0].length ?? 0
  while (TOKEN.lastIndex < path.length) {
    const found = TOKEN.exec(path)
    if (!found) return undefined
    const [, name, pick] = found
    steps.push(name === undefined ? { pick: selectorOf(pick ?? '') } : { name })
  }
  return steps[0] && 'name' in steps[0] ? steps : undefined
}

function selectorOf(text: string): Selector {
  const pairs = [...text.matchAll(CONDITION)].map(([, key = '', json = '""']) => [key, String(JSON.parse(json))])
  return Object.fromEntries(pairs)
}

/** The value at a path, or undefined. */
export function readAt(root: JsonObject, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>((at, step) => {
    if ('pick' in step) return Array.isArray(at) ? at[indexOf(at, step.pick)] : undefined
    return isObject(at) && Object.hasOwn(at, step.name) ? at[step.name] : undefined
  }, root)
}

/**
 * The same object with another value at a path; undefined takes it away, and with it whatever it leaves empty. `was` is
 * the value that stands there: it tells elements of a list apart that look alike to the path.
 */
export function writeAt(root: JsonObject, steps: readonly Step[], value: unknown, was: unknown): JsonObject {
  const next = put(root, steps, value, was)
  return isObject(next) ? next : {}
}

function put(at: unknown, [step, ...rest]: readonly Step[], value: unknown, was: unknown): unknown {
  if (!step) return value
  return 'pick' in step ? putElement(at, step.pick, rest, value, was) : putName(at, step.name, rest, value, was)
}

function putName(at: unknown, name: string, rest: readonly Step[], value: unknown, was: unknown): unknown {
  const object = isObject(at) ? at : {}
  const next = put(Object.hasOwn(object, name) ? object[name] : undefined, rest, value, was)
  const { [name]: _, ...others } = object
  const all = next === undefined ? others : { ...object, [name]: next }
  return Object.keys(all).length > 0 ? all : undefined
}

function putElement(at: unknown, pick: Selector, rest: readonly Step[], value: unknown, was: unknown): unknown {
  const list: unknown[] = Array.isArray(at) ? at : []
  const i = rest.length > 0 ? indexOf(list, pick) : list.findIndex((each) => isSame(each, was))
  const next = put(i < 0 ? { ...pick } : list[i], rest, value, was)
  // Paired by type, an element whose last value goes is gone: its type alone says nothing.
  const gone = next === undefined || (rest.length > 0 && isBare(next, pick))
  const all = i < 0 ? (gone ? list : [...list, next]) : gone ? list.toSpliced(i, 1) : list.with(i, next)
  return all.length > 0 ? all : undefined
}

const isBare = (element: unknown, pick: Selector): boolean =>
  pick.value === undefined && isObject(element) && Object.keys(element).every((key) => key === 'type')

/** The element a selector names. Where several fit, the one that has nothing else to be told by. */
function indexOf(list: readonly unknown[], { type, value }: Selector): number {
  const fits = (each: unknown): each is JsonObject =>
    isObject(each) && (type === undefined || each.type === type) && (value === undefined || each.value === value)
  const exact = list.findIndex(
    (each) =>
      fits(each) &&
      (type !== undefined || each.type === undefined) &&
      (value !== undefined || each.value === undefined),
  )
  return exact < 0 ? list.findIndex(fits) : exact
}
