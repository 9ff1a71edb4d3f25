import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { at, root } from '../lib/root.mjs'

const generated =
  /^(\.git|node_modules|\.data|\.next[^/]*|build|coverage)(\/|$)|^next-env\.d\.ts$|^\.env($|\.(?!example))/

/** Paths of the project's own files: what git tracks or would; without git, all that is not generated. */
export function listFiles(): string[] {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard']
    const out = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return out.split('\n').filter((path) => path && existsSync(at(path)))
  } catch {
    return walk('')
  }
}

function walk(folder: string): string[] {
  const entries = readdirSync(at(folder), { withFileTypes: true })
  const paths = entries.map((entry) => ({ entry, path: folder ? `${folder}/${entry.name}` : entry.name }))
  return paths
    .filter(({ path }) => !generated.test(path))
    .flatMap(({ entry, path }) => (entry.isDirectory() ? walk(path) : [path]))
}

export const readText = (path: string) => readFileSync(at(path), 'utf8')

export const isCode = (path: string) => /\.(ts|tsx|mjs)$/.test(path)

/** What a file imports, as paths from the root where it is ours and as written where it is a package. */
export function importsOf(path: string): string[] {
  const specifiers = [...readText(path).matchAll(/(?:^|[\s;])(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g)]
  return specifiers.map(([, name = '']) => {
    if (name.startsWith('@/')) return name.slice(2)
    if (!name.startsWith('.')) return name
    return new URL(name, `file:///${path}`).pathname.slice(1)
  })
}
