import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, configSchema } from './config'
import { type StandIn, startStandIn } from './server'

type Recorded = { method: string; path: string; headers: IncomingMessage['headers']; body: unknown }
type Resource = Record<string, unknown>
type Answer = { status: number; headers?: Record<string, string>; body?: unknown }

type Fake = {
  url: string
  seen: Recorded[]
  answerNext: (...answers: Answer[]) => void
  forget: () => void
  close: () => void
}
type ApiAnswer = { status: number; body: unknown }

export type Bed = {
  config: Config
  fake: Fake
  okta: string
  dataFile: string
  /** A JSON API call; the body is sent as JSON. */
  api: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>
  /** Stops and starts the stand-in on the same file, as a restart of the process does. */
  restart: (config?: Config) => Promise<void>
  close: () => void
}

/** The stand-in on free ports against a recorder of what it sends; Porter's and White Rabbit's issuers, three people. */
export async function startBed(): Promise<Bed> {
  const fake = await startFake()
  const [port, port2] = [await freePort(), await freePort()]
  const folder = mkdtempSync(join(tmpdir(), 'okta-'))
  const dataFile = join(folder, 'okta.json')
  const okta = `http://localhost:${port}`
  const config = configSchema.parse({
    app: fake.url,
    orgs: [
      {
        ...orgConfig(fake.url, 'porter', 'Porter', `${okta}/oauth2/porter`),
        people: [
          { login: 'olivia.owner@porter.example', firstName: 'Olivia', lastName: 'Owner', assigned: true },
          { login: 'max.member@porter.example', firstName: 'Max', lastName: 'Member' },
        ],
      },
      {
        ...orgConfig(fake.url, 'white-rabbit', 'White Rabbit', `http://localhost:${port2}`),
        people: [{ login: 'wanda@whiterabbit.example', firstName: 'Wanda', lastName: 'White', assigned: true }],
      },
    ],
  })
  let standIn: StandIn = await startStandIn({ config, dataFile, port, port2 })
  return {
    config,
    fake,
    okta,
    dataFile,
    api: async (method, path, body) => {
      const response = await fetch(`${okta}/api${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: await response.json() }
    },
    restart: async (next = config) => {
      standIn.close()
      // The test's own fetch must notice that its kept connections are gone.
      await new Promise((resolve) => setTimeout(resolve, 20))
      standIn = await startStandIn({ config: next, dataFile, port, port2 })
    },
    close: () => {
      standIn.close()
      fake.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function orgConfig(app: string, slug: string, name: string, issuer: string) {
  return {
    slug,
    name,
    domain: `${slug.replace('-', '')}.example`,
    issuer,
    clientId: `${slug}-client`,
    clientSecret: `${slug}-secret-of-some-length`,
    redirectUris: [`${app}/api/auth/callback/okta-${slug}`],
    postLogoutRedirectUris: [`${app}/sign-in/${slug}`],
    scim: `${app}/scim/v2/${slug}`,
    scimToken: `rollcall_${slug}Secret`,
  }
}

async function startFake(): Promise<Fake> {
  const seen: Recorded[] = []
  const prepared: Answer[] = []
  const kept = new Map<string, Resource>()
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const body: unknown = text ? JSON.parse(text) : undefined
    const recorded = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body }
    seen.push(recorded)
    const answer = prepared.shift() ?? answerOf(kept, recorded)
    res.writeHead(answer.status, { 'content-type': 'application/scim+json', ...answer.headers })
    res.end(answer.body === undefined ? undefined : JSON.stringify(answer.body))
  })
  const port = await listenAnywhere(server)
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    answerNext: (...answers) => prepared.push(...answers),
    forget: () => kept.clear(),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Just enough of an app: look-up by name, create, read, replace, activate, delete. */
function answerOf(kept: Map<string, Resource>, { method, path, body }: Recorded): Answer {
  const url = new URL(path, 'http://app')
  const [, kind = '', id] = /\/(Users|Groups)(?:\/([^/]+))?$/.exec(url.pathname) ?? []
  const sent: Resource = Object.fromEntries(Object.entries(body ?? {}))
  if (method === 'POST') {
    const type = kind.slice(0, -1)
    const created = { ...sent, id: `app-${kept.size + 1}`, meta: { resourceType: type, version: 'W/"1"' } }
    kept.set(created.id, created)
    return { status: 201, body: created }
  }
  if (id) {
    const found = kept.get(id)
    if (!found) return { status: 404, body: { detail: `There is no ${kind.slice(0, -1)} ${id}.`, status: '404' } }
    if (method === 'DELETE') kept.delete(id)
    if (method === 'PUT') Object.assign(found, sent)
    if (method === 'PATCH' && kind === 'Users' && /"active"/.test(JSON.stringify(sent))) {
      found.active = /true/i.test(JSON.stringify(sent))
    }
    return method === 'DELETE' || (method === 'PATCH' && kind === 'Groups')
      ? { status: 204 }
      : { status: 200, body: found }
  }
  const [, name = '', wanted] = /^(\w+) eq "(.*)"$/.exec(url.searchParams.get('filter') ?? '') ?? []
  const found = [...kept.values()].filter((each) => wanted === undefined || each[name] === wanted)
  const startIndex = Number(url.searchParams.get('startIndex') ?? 1)
  const Resources = found.slice(startIndex - 1, startIndex - 1 + Number(url.searchParams.get('count') ?? 100))
  return {
    status: 200,
    body: { totalResults: found.length, startIndex, itemsPerPage: Resources.length, Resources },
  }
}

function listenAnywhere(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listenAnywhere(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}
