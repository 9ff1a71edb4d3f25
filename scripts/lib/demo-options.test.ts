import { expect, test } from 'vitest'
import { parseOptions } from './demo-options.mjs'

test.each([[], ['--host', 'localhost'], ['--host', '127.0.0.1'], ['--host', '::1']])(
  'without another name the demo is for this machine alone: %s %s',
  (...args) => {
    expect(parseOptions(args).host).toBeNull()
  },
)

test.each(['192.168.1.20', 'laptop.local', 'Laptop'])('--host %s is the one name it answers to', (name) => {
  expect(parseOptions(['--host', name]).host).toBe(name.toLowerCase())
})

test.each(['0.0.0.0', '::', 'a b', 'http://laptop', 'laptop:3000', ''])(
  '--host %j is none a visitor could type, and the sentence asks for one',
  (name) => {
    expect(() => parseOptions([`--host=${name}`])).toThrow('the name or IPv4 address visitors reach this machine by')
  },
)

test('hot reload has no visitors', () => {
  expect(() => parseOptions(['--dev', '--host', 'laptop.local'])).toThrow('for this machine alone')
})

test.each([
  [['--port', '70000'], '--port 70000: a port is a number from 1 to 65535.'],
  [['--port', '4011'], 'is one of the stand-in'],
  [['3001'], 'two dashes'],
])('%s is refused with a sentence', (args, sentence) => {
  expect(() => parseOptions(args)).toThrow(sentence)
})
