import { createSocket, type Socket } from 'node:dgram'
import { afterEach, expect, test } from 'vitest'
import { makeLookup } from './dns'

let server: Socket | undefined
afterEach(() => server?.close())

/** A name server of one answer: TXT records, a response code, or silence. */
async function nameServer(answer: { txt: string[][] } | { rcode: number } | 'silence'): Promise<string> {
  const socket = createSocket('udp4')
  server = socket
  socket.on('message', (query, from) => {
    if (answer !== 'silence') socket.send(reply(query, answer), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return `127.0.0.1:${socket.address().port}`
}

/** RFC 1035 §4: header, the question again, then the records, each naming the question's name. */
function reply(query: Buffer, answer: { txt: string[][] } | { rcode: number }): Buffer {
  let end = 12
  while (query[end] !== 0) end += 1 + (query[end] ?? 0)
  const question = query.subarray(12, end + 5)
  const records = 'txt' in answer ? answer.txt : []
  const header = Buffer.alloc(12)
  query.copy(header, 0, 0, 2)
  header.writeUInt16BE(0x8180 | ('rcode' in answer ? answer.rcode : 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(records.length, 6)
  const rows = records.map((chunks) => {
    const data = Buffer.concat(chunks.map((chunk) => Buffer.concat([Buffer.from([chunk.length]), Buffer.from(chunk)])))
    const row = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 1, 0, 0])
    row.writeUInt16BE(data.length, 10)
    return Buffer.concat([row, data])
  })
  return Buffer.concat([header, question, ...rows])
}

test('a record of several parts is one value', async () => {
  const servers = [await nameServer({ txt: [['rollcall-domain-', 'verification=x'], ['v=spf1 -all']] })]
  expect(await makeLookup({ servers })('porter.example')).toEqual({
    kind: 'found',
    values: ['rollcall-domain-verification=x', 'v=spf1 -all'],
  })
})

test.each([
  ['no such name', { rcode: 3 }, 'missing'],
  ['no such record', { txt: [] }, 'missing'],
  ['a server that refuses', { rcode: 5 }, 'unreachable'],
  ['a server that fails', { rcode: 2 }, 'unreachable'],
] as const)('%s is %j: %s', async (_, answer, kind) => {
  const servers = [await nameServer('txt' in answer ? { txt: [] } : answer)]
  expect(await makeLookup({ servers })('porter.example')).toEqual({ kind })
})

test('a silent server costs no more than its time', async () => {
  const servers = [await nameServer('silence')]
  expect(await makeLookup({ servers, timeoutMs: 200 })('porter.example')).toEqual({ kind: 'unreachable' })
  // The resolver's own patience is 20 seconds and more.
}, 15_000)

test('a name that is none is unreachable, and nothing is thrown', async () => {
  const servers = [await nameServer({ rcode: 3 })]
  expect((await makeLookup({ servers })('..')).kind).toMatch(/missing|unreachable/)
})
