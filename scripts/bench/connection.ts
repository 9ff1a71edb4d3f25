import { connect, type Socket } from 'node:net'

/** `token`: of the company this one request is for, where a connection serves several. */
export type Ask = { method: string; path: string; body?: string | undefined; token?: string | undefined }
export type Answer = { status: number; body: Buffer }

/** What has not answered by then never will; a bench that waits for it would not end. */
const ANSWER_MS = 30_000

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void }

/**
 * One keep-alive HTTP/1.1 connection, one request at a time. Written by hand because the client shares the machine with
 * what it measures: node's own client costs as much as the server.
 */
export class Connection {
  private socket: Socket | undefined
  private held: Buffer = Buffer.alloc(0)
  private waiting: Waiting | undefined

  constructor(
    private readonly origin: URL,
    private readonly headers: string,
  ) {}

  /** Sends one request and gives its answer; rejects when the connection breaks. */
  send({ method, path, body, token }: Ask): Promise<Answer> {
    const type = body === undefined ? '' : 'content-type: application/scim+json\r\n'
    const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
    const bearer = token === undefined ? '' : `authorization: Bearer ${token}\r\n`
    const head = `${method} ${path} HTTP/1.1\r\nhost: ${this.origin.host}\r\n${this.headers}${bearer}${type}${length}\r\n`
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.open().write(body === undefined ? head : head + body)
    })
  }

  close() {
    this.socket?.destroy()
    this.socket = undefined
  }

  private open(): Socket {
    if (this.socket) return this.socket
    const socket = connect({ host: this.origin.hostname, port: Number(this.origin.port), noDelay: true })
    const lost = (error?: Error) => {
      if (this.socket === socket) this.socket = undefined
      this.waiting?.reject(error ?? new Error('The server closed the connection'))
      this.waiting = undefined
    }
    socket.on('data', (chunk) => this.take(chunk))
    socket.on('error', lost)
    socket.on('close', () => lost())
    socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error(`No answer within ${ANSWER_MS / 1000} s`)))
    this.socket = socket
    return socket
  }

  private take(chunk: Buffer) {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
    const end = this.held.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.held.toString('latin1', 0, end)
    const body = bodyOf(head, this.held, end + 4)
    if (!body) return
    this.held = Buffer.alloc(0)
    const { waiting } = this
    this.waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), body })
  }
}

/** The body once all of it is there. */
function bodyOf(head: string, held: Buffer, start: number): Buffer | undefined {
  if (/\r\ntransfer-encoding: chunked/i.test(head)) return chunked(held, start)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  return held.length < start + length ? undefined : held.subarray(start, start + length)
}

function chunked(held: Buffer, start: number): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const line = held.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(held.toString('latin1', at, line), 16)
    const next = line + 2 + size
    if (held.length < next + 2) return undefined
    if (size === 0) return Buffer.concat(parts)
    parts.push(held.subarray(line + 2, next))
    at = next + 2
  }
}
