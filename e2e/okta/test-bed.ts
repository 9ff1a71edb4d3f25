import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, configSchema } from './config'
import { type StandIn, startStandIn } from './server'

type Recorded = { method: string; path: string; headers: IncomingMessage['headers']; body: unknown }
type Answer = { status: number; headers?: Record<string, string>; body?: unknown }

type Fake = { url: string; seen: Recorded[]; answerNext: (...answers: Answer[]) => void; close: () => void }
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
  const users = new Map<string, Record<string, unknown>>()
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const body: unknown = text ? JSON.parse(text) : undefined
    const recorded = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body }
    seen.push(recorded)
    const answer = prepared.shift() ?? answerOf(users, recorded)
    res.writeHead(answer.status, { 'content-type': 'application/scim+json', ...answer.headers })
    res.end(answer.body === undefined ? undefined : JSON.stringify(answer.body))
  })
  const port = await listenAnywhere(server)
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    answerNext: (...answers) => prepared.push(...answers),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Just enough of an app: look-up by userName, create, read, replace, activate. */
function answerOf(users: Map<string, Record<string, unknown>>, { method, path, body }: Recorded): Answer {
  const url = new URL(path, 'http://app')
  const id = /\/Users\/([^/]+)$/.exec(url.pathname)?.[1]
  const sent = Object.fromEntries(Object.entries(body ?? {}))
  if (method === 'POST') {
    const created = { ...sent, id: `app-${users.size + 1}`, meta: { resourceType: 'User', version: 'W/"1"' } }
    users.set(created.id, created)
    return { status: 201, body: created }
  }
  if (id) {
    const user = users.get(id)
    if (!user) return { status: 404, body: { detail: `There is no user ${id}.`, status: '404' } }
    if (method !== 'GET')
      Object.assign(user, method === 'PUT' ? sent : { active: JSON.stringify(sent).includes('true') })
    return { status: 200, body: user }
  }
  const wanted = /^userName eq "(.*)"$/.exec(url.searchParams.get('filter') ?? '')?.[1]
  const found = [...users.values()].filter(({ userName }) => wanted === undefined || userName === wanted)
  return {
    status: 200,
    body: { totalResults: found.length, startIndex: 1, itemsPerPage: found.length, Resources: found },
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
