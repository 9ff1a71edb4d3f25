import { describe, expect, test } from 'vitest'
import { addressKey, clientAddress } from './address'

const peer = '10.0.0.9'

describe('the address of a client', () => {
  test.each([
    ['without proxies the socket decides, whatever the header says', peer, '1.2.3.4', 0, peer],
    ['one proxy: its entry is the last', peer, '203.0.113.7', 1, '203.0.113.7'],
    ['one proxy: what the client wrote before it counts for nothing', peer, '1.2.3.4, 203.0.113.7', 1, '203.0.113.7'],
    ['two proxies: the entry before the last', peer, '6.6.6.6, 203.0.113.7, 10.0.0.8', 2, '203.0.113.7'],
    ['fewer entries than proxies: the farthest that is told', peer, '203.0.113.7', 3, '203.0.113.7'],
    ['no header behind a proxy: the socket', peer, null, 1, peer],
    ['an entry that is no address ends what is known', peer, 'evil, 10.0.0.8', 2, '10.0.0.8'],
    ['a text in the last place is no address', peer, "'; drop table users", 1, peer],
    ['an IPv4 address in IPv6 clothes is the IPv4 address', '::ffff:127.0.0.1', null, 0, '127.0.0.1'],
    ['a port is no part of an address', peer, '203.0.113.7:5050', 1, '203.0.113.7'],
    ['nor in IPv6', peer, '[2001:db8::1]:5050', 1, '2001:db8::1'],
    ['a socket already gone', undefined, null, 0, 'unknown'],
  ])('%s', (_, socket, header, hops, expected) => {
    expect(clientAddress(socket, header, hops)).toBe(expected)
  })

  test('a header of any length costs no more than its end', () => {
    expect(clientAddress(peer, `${'1.2.3.4,'.repeat(100_000)}203.0.113.7`, 1)).toBe('203.0.113.7')
  })
})

test('limits count IPv6 by its /64, and IPv4 by itself', () => {
  expect(addressKey('2001:db8:1:2:3::4')).toBe(addressKey('2001:db8:1:2:ffff::1'))
  expect(addressKey('2001:db8:1:3::4')).not.toBe(addressKey('2001:db8:1:2::4'))
  expect(addressKey('203.0.113.7')).toBe('203.0.113.7')
  expect(addressKey('unknown')).toBe('unknown')
})
