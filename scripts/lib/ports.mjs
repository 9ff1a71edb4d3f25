import { connect, createServer } from 'node:net'

function answers(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 })
    const end = (value) => {
      socket.destroy()
      resolve(value)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function listens(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve({ ok: false, code: error.code }))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve({ ok: true, port: typeof address === 'object' ? address?.port : port }))
    })
  })
}

/** Whether localhost:port is free on both address families. */
export async function isFree(port) {
  // On macOS a listener on :: does not stop one on 127.0.0.1, so ask as a browser would first.
  if ((await answers(port, '127.0.0.1')) || (await answers(port, '::1'))) return false
  return (await listens(port)).ok
}

/** A port nobody uses now; the preferred one when it is free. */
export async function freePort(preferred) {
  if (preferred && (await isFree(preferred))) return preferred
  return (await listens(0)).port
}

/** Throws naming the taken port and the flag that changes it. `wanted` is `[{ port, what, flag }]`. */
export async function requireFree(wanted) {
  for (const { port, what, flag } of wanted) {
    if (!(await isFree(port)))
      throw new Error(`Port ${port} (${what}) is in use by another program. Stop it, or choose another: ${flag}`)
  }
}
