import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, extname, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { at, root } from './root.mjs'

const extensions = ['', '.ts', '.tsx', '.mjs', '/index.ts']
const posix = (path) => path.split(sep).join('/')

/** `@/…` is the project's root; `server-only` is empty outside Next. */
const ourNames = {
  name: 'our-names',
  setup(build) {
    build.onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'empty' }))
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }))
    build.onResolve({ filter: /^@\// }, ({ path }) => {
      const found = extensions.map((ext) => at(path.slice(2) + ext)).find((file) => existsSync(file) && extname(file))
      return found ? { path: found } : { errors: [{ text: `${path}: no such file under the project's root` }] }
    })
  },
}

/**
 * Made of many small ES modules, each read and compiled on its own: two thirds of the time until a server answers. The rest
 * stays outside: Next looks for its own files, and CommonJS cannot go into an ES module with what it requires.
 */
const INSIDE = /^(?:drizzle-orm|hono|@hono\/node-server|zod|uuid)(?:\/|$)/

const packagesOutside = {
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@/') || INSIDE.test(path) ? undefined : { path, external: true },
    )
  },
}

/** A bundled file keeps its own place: `import.meta.dirname` and `.url` point at the source, relative to the bundle. */
const ownPlace = (outfile) => ({
  name: 'own-place',
  setup(build) {
    build.onLoad({ filter: /\.(ts|tsx)$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      if (path.includes(`${sep}node_modules${sep}`) || !source.includes('import.meta.')) return undefined
      const here = posix(relative(dirname(outfile), path))
      const contents = source
        .replaceAll('import.meta.dirname', `(import.meta.dirname + ${JSON.stringify(`/${posix(dirname(here))}`)})`)
        .replaceAll('import.meta.url', `new URL(${JSON.stringify(here)}, import.meta.url).href`)
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
})

/**
 * Bundles a TypeScript entry of the project for Node: packages stay outside, our own files go in.
 * Returns the path of the bundle.
 */
export async function bundle(entry, outfile) {
  const file = resolve(root, entry)
  const out = outfile ?? at('.data', 'build', `${posix(relative(root, file)).replace(/[/.]/g, '-')}.mjs`)
  mkdirSync(dirname(out), { recursive: true })
  const esbuild = await import('esbuild')
  await esbuild.build({
    entryPoints: [file],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [ourNames, packagesOutside, ownPlace(out)],
  })
  // Its service process would otherwise live as long as this one.
  await esbuild.stop()
  return out
}

/** Bundles a TypeScript module and imports it into this process. */
export async function load(entry) {
  const out = await bundle(entry)
  return import(`${pathToFileURL(out).href}?at=${Date.now()}`)
}
