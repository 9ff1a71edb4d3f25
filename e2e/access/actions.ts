import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from 'playwright'
import { z } from 'zod'
import { appFiles, declarations, isActions } from '../../scripts/house/doors'
import { readText } from '../../scripts/house/files'
import { at } from '../../scripts/lib/root.mjs'
import { appUrl, setting } from '../fixtures'

/** Every server action, as `orgs/[org]/task-actions addTaskAction`, straight from the sources. */
const actionsIn = (isWanted: (file: string) => boolean) =>
  appFiles()
    .filter((file) => isActions(file) && isWanted(file))
    .flatMap((file) =>
      declarations(readText(file))
        .filter((each) => each.exported)
        .map(({ name }) => nameOf(file, name)),
    )

const isOfDemo = (file: string) => /\.demo\.ts$/.test(file)
export const actions = actionsIn((file) => !isOfDemo(file))
/** Those that demo builds alone have. */
export const demoActions = actionsIn(isOfDemo)

function nameOf(file: string, exported: string): string {
  return `${file.replace(/^app\//, '').replace(/\.ts$/, '')} ${exported}`
}

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
})

export type Built = { id: string; pages: string[] }

/** What a build made of them: the id a browser sends, and the pages that carry the action. */
export function builtActions(dist = setting('E2E_DIST')): Map<string, Built> {
  const file = at(join(dist, 'server', 'server-reference-manifest.json'))
  const { node } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
      const pages = Object.keys(workers)
        .filter((worker) => worker.endsWith('/page'))
        .map((worker) => worker.replace(/^app|\/\([^)]+\)|\/page$/g, '') || '/')
      return [nameOf(filename, exportedName), { id, pages: pages.sort() }]
    }),
  )
}

/** A form among an action's arguments. */
export type Form = { form: Record<string, string> }
export type Argument = string | number | null | Form

const isForm = (value: Argument): value is Form => typeof value === 'object' && value !== null

/** The body of a call, as React's client writes it: the arguments as JSON, a form as parts of its own. */
export function bodyOf(args: Argument[]): FormData {
  const body = new FormData()
  const json = args.map((each, i) => (isForm(each) ? `$K${(i + 1).toString(16)}` : each))
  args.forEach((each, i) => {
    if (!isForm(each)) return
    for (const [name, value] of Object.entries(each.form)) body.append(`_${(i + 1).toString(16)}_${name}`, value)
  })
  body.append('0', JSON.stringify(json))
  return body
}

export type Called = { status: number; leadsTo: string | null; text: string }

/** Calls an action over HTTP as a page's script does, without the page: whoever knows the id can. */
export async function call(
  client: APIRequestContext,
  page: string,
  id: string,
  args: Argument[],
  { headers = {}, base = appUrl }: { headers?: Record<string, string>; base?: string } = {},
): Promise<Called> {
  const { cookies } = await client.storageState()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const answer = await fetch(new URL(page, base), {
    method: 'POST',
    headers: { 'next-action': id, accept: 'text/x-component', cookie, ...headers },
    body: bodyOf(args),
    redirect: 'manual',
  })
  const target = answer.headers.get('x-action-redirect') ?? answer.headers.get('location')
  return { status: answer.status, leadsTo: target?.replace(/;.*$/, '') ?? null, text: await answer.text() }
}
