import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guard, guardedAgent, isPublicAddress } from './guarded-agent'
import { guardedRequest, ISSUER_UNREADABLE } from './guarded-fetch'

/** A server that counts who connects to it, and answers what a test prepares. */
let server: Server
let port = 0
let connections = 0
let reached: string[] = []
let answer: { status?: number; headers?: Record<string, string>; body?: string; hang?: boolean } = {}

beforeAll(async () => {
  server = createServer((req, res) => {
    reached.push(req.url ?? '')
    if (answer.hang) return
    res.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    res.end(answer.body ?? '{"ok":true}')
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const at = (address: string) => [{ address, family: address.includes(':') ? 6 : 4 }]
const nothingAllowed: Guard = { resolve: async () => at('93.184.216.34'), allows: () => false }
const ours = (): Guard => ({
  resolve: async () => at('127.0.0.1'),
  allows: (origin) => origin === `http://localhost:${port}`,
})

const ask = (url: string, guard: Guard) => guardedRequest(url, {}, guardedAgent(guard))

test.each([
  ['8.8.8.8', true],
  ['93.184.216.34', true],
  ['2606:4700::1111', true],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['203.0.113.5', false],
  ['224.0.0.1', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['2130706433', false],
  ['0x7f.1', false],
  ['::', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['::ffff:a9fe:a9fe', false],
  ['::7f00:1', false],
  ['::127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b:1::a9fe:a9fe', false],
  ['2002:7f00:1::', false],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['fc00::1', false],
  ['fd00:ec2::254', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['', false],
  ['localhost', false],
])('an address is public or not: %s', (text, expected) => {
  expect(isPublicAddress(text)).toBe(expected)
})

const literal = (host: string) => `https://${host}/oauth2/v1/keys`
test.each([
  ['a loopback address', literal('127.0.0.1')],
  ['loopback in decimal', literal('2130706433')],
  ['loopback in hex', literal('0x7f000001')],
  ['loopback in octal', literal('0177.0.0.1')],
  ['loopback, short', literal('127.1')],
  ['loopback with a trailing dot', literal('127.0.0.1.')],
  ['no address', literal('0.0.0.0')],
  ['the metadata service', literal('169.254.169.254')],
  ['IPv6 loopback', literal('[::1]')],
  ['IPv4 inside IPv6', literal('[::ffff:127.0.0.1]')],
  ['the metadata service inside IPv6', literal('[::ffff:a9fe:a9fe]')],
  ['NAT64', literal('[64:ff9b::7f00:1]')],
  ['a link-local address', literal('[fe80::1]')],
  ['plain http', 'http://acme.okta.com/keys'],
  ['another port', 'https://acme.okta.com:8443/keys'],
  ['a user name', 'https://someone@acme.okta.com/keys'],
  ['no web address', 'ftp://acme.okta.com/keys'],
  ['nothing', ''],
])('%s is refused, with the one message and without a connection', async (_name, url) => {
  let connects = 0
  const connect = (): Socket => {
    connects += 1
    return new Duplex({ read: () => undefined }) as Socket
  }
  await expect(ask(url, { ...nothingAllowed, connect })).rejects.toThrow(ISSUER_UNREADABLE)
  expect(connects).toBe(0)
})

test('a real listener on loopback hears nothing of refused addresses, by literal, name or redirect', async () => {
  const before = connections
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', 'localhost.']) {
    const guard: Guard = { ...ours(), allows: () => false }
    await expect(ask(`https://${host}/`, guard)).rejects.toThrow(ISSUER_UNREADABLE)
    await expect(ask(`http://${host}:${port}/`, guard)).rejects.toThrow(ISSUER_UNREADABLE)
    await expect(ask(`https://${host}:${port}/`, guard)).rejects.toThrow(ISSUER_UNREADABLE)
  }
  expect(connections).toBe(before)
})

test.each([
  ['a private address', ['10.1.2.3']],
  ['one private among public ones', ['93.184.216.34', '10.1.2.3']],
  ['the metadata service', ['169.254.169.254']],
  ['IPv4 inside IPv6', ['::ffff:10.0.0.1']],
  ['NAT64', ['64:ff9b::a00:1']],
  ['no address at all', []],
])('a name that resolves to %s is refused', async (_name, addresses) => {
  let connects = 0
  const guard: Guard = {
    resolve: async () => addresses.flatMap(at),
    allows: () => false,
    connect: () => {
      connects += 1
      return new Duplex({ read: () => undefined }) as Socket
    },
  }
  await expect(ask('https://okta.attacker.example/', guard)).rejects.toThrow(ISSUER_UNREADABLE)
  expect(connects).toBe(0)
})

test('a name is resolved once, and the connection goes to the address that was checked', async () => {
  const answers = ['93.184.216.34', '127.0.0.1']
  let asked = 0
  const connected: unknown[] = []
  const guard: Guard = {
    resolve: async () => at(answers[asked++] ?? '127.0.0.1'),
    allows: () => false,
    connect: (target, addresses) => {
      connected.push({ host: target.host, addresses })
      const socket = new Duplex({ read: () => undefined, write: (_chunk, _enc, done) => done() }) as Socket
      setImmediate(() => socket.destroy(new Error('far away')))
      return socket
    },
  }
  await expect(ask('https://rebind.example/', guard)).rejects.toThrow(ISSUER_UNREADABLE)
  expect(asked).toBe(1)
  expect(connected).toEqual([{ host: 'rebind.example', addresses: at('93.184.216.34') }])
})

test('an origin the operator allows is reached, exactly that one', async () => {
  answer = {}
  expect(await ask(`http://localhost:${port}/a`, ours())).toMatchObject({ status: 200, json: { ok: true } })
  const before = connections
  await expect(ask(`http://127.0.0.1:${port}/a`, ours())).rejects.toThrow(ISSUER_UNREADABLE)
  await expect(ask(`https://localhost:${port}/a`, ours())).rejects.toThrow(ISSUER_UNREADABLE)
  expect(connections).toBe(before)
})

test('a redirect is not followed', async () => {
  reached = []
  answer = { status: 302, headers: { location: `http://localhost:${port}/secret` } }
  await expect(ask(`http://localhost:${port}/start`, ours())).rejects.toThrow(ISSUER_UNREADABLE)
  expect(reached).toEqual(['/start'])
})

test.each([
  ['too much', { body: JSON.stringify({ x: 'x'.repeat(300 * 1024) }) }],
  ['no JSON by its type', { headers: { 'content-type': 'text/html' }, body: '{}' }],
  ['no JSON by its text', { body: '<html>' }],
])('%s is refused', async (_name, given) => {
  answer = given
  await expect(ask(`http://localhost:${port}/`, ours())).rejects.toThrow(ISSUER_UNREADABLE)
})

test('an issuer that never answers is given up, not waited for', async () => {
  answer = { hang: true }
  await expect(ask(`http://localhost:${port}/`, ours())).rejects.toThrow(ISSUER_UNREADABLE)
})
