import { readFileSync } from 'node:fs'
import { scimApp } from '@/lib/scim-api/app'
import { listFiles } from '../../scripts/house/files'
import { at } from '../../scripts/lib/root.mjs'

/** `/orgs/[org]/team` of `app/orgs/[org]/team/page.tsx`. */
const addressOf = (file: string) =>
  file
    .replace(/^app/, '')
    .replace(/\/(page|route)(\.demo)?\.tsx?$/, '')
    .replace(/\/\([^)]+\)/g, '') || '/'

const METHOD = /export (?:async function|function|const) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g
const REEXPORTED = /export \{[^}]*\b(GET|POST|PUT|PATCH|DELETE)\b/

const isPage = (path: string) => /\/page(\.demo)?\.tsx$/.test(path)
const isRoute = (path: string) => /\/route(\.demo)?\.ts$/.test(path)
const isOfDemo = (path: string) => /\.demo\.tsx?$/.test(path)

const files = listFiles().filter((path) => path.startsWith('app/') && (isPage(path) || isRoute(path)))

/** Every page, as `GET /orgs/[org]`, straight from the folders Next itself reads. */
export const pages = files.filter(isPage).map((path) => `GET ${addressOf(path)}`)

function handlersIn(path: string): string[] {
  const text = readFileSync(at(path), 'utf8')
  const methods = [...text.matchAll(METHOD)].map(([, method]) => method)
  if (methods.length === 0 && !REEXPORTED.test(text)) throw new Error(`${path}: no method found`)
  return methods.map((method) => `${method} ${addressOf(path)}`)
}

/** Every route handler and method. */
export const handlers = files.filter(isRoute).flatMap(handlersIn)

/** Of both, what demo builds alone have. */
export const demoRoutes = files
  .filter(isOfDemo)
  .flatMap((path) => (isPage(path) ? [`GET ${addressOf(path)}`] : handlersIn(path)))

/** Every SCIM operation, straight from the router. */
export const scimOperations = [
  ...new Set(
    scimApp.routes
      .filter((each) => each.method !== 'ALL' && each.path.startsWith('/scim/v2/:org/'))
      .map((each) => `${each.method} ${each.path.slice('/scim/v2/:org'.length)}`),
  ),
]
