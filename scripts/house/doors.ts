import { isCode, listFiles, readText } from './files'

/** What the door test reads out of a source: Biome's formatting is relied on, a declaration ends at column 0. */
export type Declared = { name: string; text: string; exported: boolean }

const HEAD = /^(export )?(?:default )?(?:async )?(?:function\*?|const|let) (\w+)/

/** Every top-level function or constant of a file, with its text. */
export function declarations(source: string): Declared[] {
  const lines = source.split('\n')
  const starts = lines.flatMap((line, at) => (HEAD.test(line) ? [at] : []))
  const found = starts.map((start, i): Declared => {
    const [, exported, name = ''] = HEAD.exec(lines[start] ?? '') ?? []
    return { name, exported: exported !== undefined, text: lines.slice(start, starts[i + 1]).join('\n') }
  })
  const listed = [...source.matchAll(/^export \{([^}]+)\}(?! from)/gm)].flatMap(([, names = '']) => names.split(','))
  for (const entry of listed) {
    const [local = '', name = local] = entry.trim().split(/\s+as\s+/)
    const text = found.find((each) => each.name === local)?.text
    if (text !== undefined) found.push({ name, exported: true, text })
  }
  return found
}

/** Names that come from our own files, types left out. */
export function ownImports(source: string): Set<string> {
  const statements = source.matchAll(/^import (?!type )\{([^}]+)\} from '(?:@\/(?:lib|db)|\.)[^']*'/gm)
  const names = [...statements].flatMap(([, list = '']) => list.split(','))
  return new Set(names.map((name) => name.trim().replace(/^.* as /, '')).filter((name) => name && !/^type /.test(name)))
}

const PARAMS = /await\s+(?:props\.)?(?:params|searchParams)\b/g
const CALL = /\bawait\s+([\w.]+)|\b(\w+)\(/g

/**
 * The first thing a function does that counts: a call of ours or anything awaited, but for the address itself and
 * `passing` wrappers. Local functions are followed. Undefined: it does nothing of the kind.
 */
export function firstStep(name: string, source: string, passing: ReadonlySet<string>): string | undefined {
  const all = declarations(source)
  const ours = ownImports(source)
  const follow = (current: string, seen: string[]): string | undefined => {
    const text = all.find((each) => each.name === current)?.text ?? ''
    // The declaration's own name and parameters are no step.
    const body = text.replace(/^.*?(?:\)(?::[^\n]*?)? \{\n|=> ?)/s, '').replaceAll(PARAMS, '')
    for (const { 0: whole, 1: awaited, 2: called = '', index } of body.matchAll(CALL)) {
      const step = awaited ?? called
      // An awaited argument comes before the call it is given to.
      const inner = /^\(?\s*await\s+(\w+)/.exec(body.slice(index + whole.length))?.[1]
      if (passing.has(step) || (inner !== undefined && !passing.has(inner))) continue
      const local = all.some((each) => each.name === step) && !seen.includes(step)
      if (local) return follow(step, [...seen, step])
      if (awaited !== undefined || ours.has(step)) return step
    }
    return undefined
  }
  return follow(name, [name])
}

export const appFiles = (): string[] =>
  listFiles().filter((path) => path.startsWith('app/') && isCode(path) && !/\.test\.tsx?$/.test(path))

export const isActions = (path: string): boolean => /^'use server'/.test(readText(path))
