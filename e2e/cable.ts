import { connect, createServer, type Socket } from 'node:net'
import { afterAll } from 'vitest'

/** A cable between a browser and the app that a test can cut: an address of its own that leads to the app's. */
export async function withCable(to: string) {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  let whole = true
  const server = createServer((near) => {
    if (!whole) return near.destroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => open.delete(one) && other.destroy())
    }
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  const cut = () => {
    whole = false
    for (const socket of open) socket.destroy()
  }
  afterAll(() => {
    cut()
    server.close()
  })
  const mend = () => {
    whole = true
  }
  return { url: `http://localhost:${typeof address === 'object' ? address?.port : ''}`, cut, mend }
}
