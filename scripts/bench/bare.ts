import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import postgres from 'postgres'
import { setOrg } from '@/db/tenant'
import { newId } from '@/lib/ids'
import { getOrg } from '@/lib/orgs/orgs'
import { createTemplate, filled, leaveTemplate, type Template } from './templates'

/**
 * The limit: a bare node:http server. Under /noop it does nothing but read and answer; elsewhere it calls the same SQL
 * function as the app, with the same parameters, without any of the app's work.
 */
const [orgId = '', port = ''] = process.argv.slice(2)
const sql = postgres(process.env.DATABASE_URL ?? '', {
  max: Number(process.env.DATABASE_POOL ?? 10),
  onnotice: () => undefined,
})
/** Of those who were changed before, in an earlier run too; of all others both are 1. */
const versions = new Map<string, number>()
const epochs = new Map<string, number>()

async function main() {
  const org = await getOrg(orgId)
  if (!org) throw new Error('The bare server needs an org')
  await readChanged()
  const templates = { create: createTemplate(org), leave: leaveTemplate(org) }
  const page = JSON.stringify({ schemas: ['bench'], text: 'x'.repeat(700) })
  const server = createServer((req, res) => {
    void answer(req, res, templates, page).catch((error: unknown) => {
      res.writeHead(500).end(error instanceof Error ? error.message : 'failed')
    })
  })
  server.keepAliveTimeout = 75_000
  server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
}

async function readChanged() {
  const rows = await sql.begin(async (tx) => {
    await tx.unsafe(setOrg(orgId))
    return tx<{ id: string; version: number; epoch: number }[]>`
      select id, version, session_epoch as epoch from users where org_id = ${orgId}::uuid and version > 1`
  })
  for (const { id, version, epoch } of rows) {
    versions.set(id, version)
    epochs.set(id, epoch)
  }
}

type Templates = { create: Template; leave: Template }

async function answer(req: IncomingMessage, res: ServerResponse, templates: Templates, page: string) {
  const body = req.method === 'GET' ? '' : await readAll(req)
  const url = req.url ?? ''
  if (url.startsWith('/noop')) return reply(res, page)
  if (req.method === 'POST') return reply(res, await create(templates.create, JSON.parse(body).userName))
  const id = url.slice(url.lastIndexOf('/') + 1)
  if (req.method === 'PATCH') {
    const next = JSON.parse(body).Operations[0].value.active === true
    return reply(res, await change(templates.leave, id, next))
  }
  const name = /eq "([^"]+)"/.exec(decodeURIComponent(url))?.[1]
  const rows = name
    ? await sql`select person from find_user(${orgId}::uuid, null, ${name}, null)`
    : await sql`select person from find_user(${orgId}::uuid, ${id}::uuid, null, null)`
  return reply(res, JSON.stringify(rows[0]?.person ?? null))
}

async function create(t: Template, name: string): Promise<string> {
  const own = { id: newId(), event: newId(), name }
  const next = filled(t.next, own)
  await save(own.id, 0, t, { next, event: filled(t.event, own), diff: filled(t.diff, own) }, false)
  return next
}

async function change(t: Template, id: string, active: boolean): Promise<string> {
  const own = { id, event: newId(), name: `${id}@bench.example` }
  const version = versions.get(id) ?? 1
  const next = filled(t.next, own).replaceAll('"active":false', `"active":${active}`)
  const event = filled(t.event, own)
  if (await save(id, version, t, { next, event, diff: filled(t.diff, own) }, !active)) versions.set(id, version + 1)
  else throw new Error('The version moved')
  return next
}

type Texts = { next: string; event: string; diff: string }

async function save(id: string, version: number, t: Template, { next, event, diff }: Texts, ends: boolean) {
  const [row] = await sql`
    select * from save_user(${orgId}::uuid, ${id}::uuid, ${version}::int, ${epochOf(id)}::int, ${next}::text::jsonb, true,
      ${ends}::boolean, false, ${t.check}::text::jsonb, ${event}::text::jsonb, ${diff}::text::jsonb)`
  if (ends && row?.written) epochs.set(id, epochOf(id) + 1)
  return row?.written === true
}

const epochOf = (id: string) => epochs.get(id) ?? 1

function reply(res: ServerResponse, text: string) {
  res.writeHead(200, { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(text) }).end(text)
}

async function readAll(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

process.on('disconnect', () => process.exit(0))
void main()
