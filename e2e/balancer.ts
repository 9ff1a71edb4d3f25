import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { afterAll } from 'vitest'

export type Balancer = Awaited<ReturnType<typeof startBalancer>>

/**
 * A plain balancer, as any host has one: each request to the next process in turn, or to `only` while that is set. A
 * process that refuses connections is passed over; a request that was under way there is answered 502, as its fate is
 * unknown.
 */
export async function startBalancer() {
  const targets: string[] = []
  let turn = 0
  const state: { only: string | undefined } = { only: undefined }

  function forward(req: IncomingMessage, res: ServerResponse, body: Buffer, tries: number) {
    const to = state.only ?? targets[turn++ % targets.length]
    const headers = { ...req.headers, 'x-forwarded-for': req.socket.remoteAddress ?? '' }
    const far = request(`${to}${req.url}`, { method: req.method ?? 'GET', headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
      answer.on('error', () => res.destroy())
    })
    far.on('error', (error) => {
      if ('code' in error && error.code === 'ECONNREFUSED' && tries > 1) return forward(req, res, body, tries - 1)
      if (res.headersSent) return res.destroy()
      return res.writeHead(502).end()
    })
    res.on('close', () => far.destroy())
    far.end(body)
  }

  const server = createServer((req, res) => {
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => parts.push(part))
    req.on('end', () => forward(req, res, Buffer.concat(parts), targets.length))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { url: `http://localhost:${typeof address === 'object' ? address?.port : ''}`, targets, state }
}
